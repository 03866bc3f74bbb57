package weir.check;

import weir.model.Type;

/// A type that the value of an expression is relied on to have, and that only the run can see.
///
/// @param name what an error calls the value: a parameter, a yield's block, `result`
public record Relied(Type type, String name) {}
