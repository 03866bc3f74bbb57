package weir.script;

import weir.source.Span;

/// A name where a script reads or writes it.
///
/// @param tested whether only `typeof` asks for it, which is allowed for names that nothing has
/// @param field whether it names a field at once, as in `{ total }`
public record Use(String name, Span at, boolean tested, boolean field) {}
