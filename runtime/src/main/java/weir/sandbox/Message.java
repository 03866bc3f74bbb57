package weir.sandbox;

import weir.eval.Script;

/// What a server and the process that runs its scripts say to each other ([Wire] writes it down). Scripts are told once
/// and named by number from then on; the server chooses all numbers, and an answer with a number that is not asked for
/// ends the process.
sealed interface Message {
    /// What only the server says.
    sealed interface Order extends Message {}

    /// What only a child says.
    sealed interface Report extends Message {}

    /// The first word.
    ///
    /// @param version of the protocol
    /// @param limits of each script
    record Hello(int version, Limits limits) implements Order {}

    /// From now on the script is known by a number.
    record Define(int script, Script text) implements Order {}

    /// The number may be given to another script.
    record Forget(int script) implements Order {}

    /// @param within the request whose script called the function that asks for this, or 0
    /// @param arguments a list, as text in the exact form
    record Run(long request, long within, int script, String arguments) implements Order {}

    /// What the function gave that a script called: see [Border].
    record Answer(long request, String told) implements Order {}

    /// A world is made; scripts may come.
    record Ready(int version) implements Report {}

    /// What came of a request: see [Border].
    record Result(long request, String told) implements Report {}

    /// A script calls a function of ours, and waits for its [Answer].
    record Call(long request, String function, String arguments) implements Report {}
}
