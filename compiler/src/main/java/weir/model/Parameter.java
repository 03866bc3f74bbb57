package weir.model;

/// A parameter of a workflow, rule set, function or action.
///
/// @param optional whether it may be left out
/// @param doc what it means, empty if nobody said
public record Parameter(String name, Type type, boolean optional, String doc) {}
