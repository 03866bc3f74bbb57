package weir.eval;

import java.util.List;

/// JavaScript for the sandbox: the body of a strict function.
///
/// @param body statements that `return`, as the user or the printer of expressions wrote them
/// @param parameters names in order
/// @param functions names of functions that the body may call and that [Scripts.Host] performs
public record Script(String body, List<String> parameters, List<String> functions) {
    public Script {
        parameters = List.copyOf(parameters);
        functions = List.copyOf(functions);
    }

    /// The built-in functions that JavaScript does not have (`time.add`, `chunks`): every script may call them, and
    /// the host performs them.
    public static List<String> builtIns() {
        return Natives.foreign();
    }
}
