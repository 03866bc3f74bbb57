package weir.script;

import weir.source.Span;

/// What cannot be JavaScript, as a sentence.
public record Mistake(String sentence, Span at) {}
