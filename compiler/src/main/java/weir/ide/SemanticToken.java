package weir.ide;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.check.Symbol;
import weir.model.Builtins;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Tokens;
import weir.syntax.Tree;

/// What a word of a text is, where that is known better than by its looks.
///
/// @param at on one line
public record SemanticToken(Span at, Kind kind, Set<Modifier> modifiers) {
    public SemanticToken {
        modifiers = Set.copyOf(modifiers);
    }

    /// In the order of the protocol's legend.
    public enum Kind {
        NAMESPACE,
        TYPE,
        PARAMETER,
        VARIABLE,
        PROPERTY,
        FUNCTION,
        METHOD,
        KEYWORD,
        COMMENT,
        STRING,
        NUMBER,
        MACRO
    }

    /// In the order of the protocol's legend.
    public enum Modifier {
        DECLARATION,
        READONLY,
        DEFAULT_LIBRARY,
        DOCUMENTATION
    }

    static List<SemanticToken> of(Document document) {
        return new Reader(document).read();
    }

    private static final class Reader {
        private final Source source;
        private final Map<Span, Symbol> names;
        private final Set<Integer> actions = new HashSet<>();
        private final List<SemanticToken> tokens = new ArrayList<>();

        Reader(Document document) {
            this.source = document.source();
            this.names = document.lookup().names();
            for (Tree.Call call : document.lookup().calls()) {
                call.target().names().forEach(name -> actions.add(name.span().start()));
            }
        }

        List<SemanticToken> read() {
            List<Tokens.Piece> pieces = Tokens.of(source);
            for (int i = 0; i < pieces.size(); i++) {
                Tokens.Piece piece = pieces.get(i);
                char next = i + 1 < pieces.size()
                        ? source.text().charAt(pieces.get(i + 1).span().start())
                        : ' ';
                switch (piece.kind()) {
                    case NAME, PROPERTY, TYPE -> name(piece, next);
                    case KEYWORD -> keyword(piece);
                    case STRING -> lines(piece.span(), Kind.STRING, Set.of());
                    case NUMBER -> lines(piece.span(), Kind.NUMBER, Set.of());
                    case COMMENT -> lines(piece.span(), Kind.COMMENT, Set.of());
                    case DOC -> lines(piece.span(), Kind.COMMENT, EnumSet.of(Modifier.DOCUMENTATION));
                    case SCRIPT -> lines(piece.span(), Kind.MACRO, Set.of());
                    // What the editor colours well enough by itself.
                    case OPERATOR, PUNCTUATION, UNKNOWN -> {}
                }
            }
            return List.copyOf(tokens);
        }

        /// `error` in `catch error` is a name, and the words of a path may be read as keywords.
        private void keyword(Tokens.Piece piece) {
            if (names.containsKey(piece.span())) {
                name(piece, ' ');
            } else {
                add(piece.span(), Kind.KEYWORD, Set.of());
            }
        }

        private void name(Tokens.Piece piece, char next) {
            Span span = piece.span();
            Symbol symbol = names.get(span);
            if (symbol != null) {
                var modifiers = EnumSet.noneOf(Modifier.class);
                if (symbol.at() != null
                        && symbol.at().source() == source
                        && symbol.at().span().equals(span)) {
                    modifiers.add(Modifier.DECLARATION);
                }
                if (symbol.kind() == Symbol.Kind.CONSTANT || symbol.kind() == Symbol.Kind.SETTINGS) {
                    modifiers.add(Modifier.READONLY);
                }
                if (symbol.kind() == Symbol.Kind.GLOBAL || symbol.kind() == Symbol.Kind.SPACE) {
                    modifiers.add(Modifier.DEFAULT_LIBRARY);
                }
                add(span, kind(symbol), modifiers);
                return;
            }
            String text = source.text(span);
            switch (piece.kind()) {
                case TYPE -> add(span, Kind.TYPE, EnumSet.of(Modifier.DEFAULT_LIBRARY));
                case PROPERTY ->
                    add(
                            span,
                            actions.contains(span.start()) ? Kind.FUNCTION : next == '(' ? Kind.METHOD : Kind.PROPERTY,
                            Set.of());
                default -> {
                    Kind kind = bare(span, text, next);
                    if (kind != null) {
                        boolean library =
                                kind == Kind.FUNCTION || Builtins.spaces().contains(text);
                        add(span, kind, library ? EnumSet.of(Modifier.DEFAULT_LIBRARY) : Set.of());
                    }
                }
            }
        }

        /// A name that no declaration explains.
        private @Nullable Kind bare(Span span, String text, char next) {
            if (actions.contains(span.start()) && next == '.') {
                return Kind.NAMESPACE;
            } else if (Builtins.spaces().contains(text) && next == '.') {
                return Kind.NAMESPACE;
            } else if (next == '(') {
                return Kind.FUNCTION;
            }
            return Builtins.globals().contains(text) ? Kind.VARIABLE : null;
        }

        private static Kind kind(Symbol symbol) {
            return switch (symbol.kind()) {
                case PARAMETER, ITEM, ARROW, ERROR, SPECIAL -> Kind.PARAMETER;
                case LET, STEP, CONSTANT, SETTINGS -> Kind.VARIABLE;
                case FUNCTION, RULES, WORKFLOW, GLOBAL -> Kind.FUNCTION;
                case POLICY -> Kind.MACRO;
                case TYPE -> Kind.TYPE;
                case INTEGRATION, SPACE -> Kind.NAMESPACE;
            };
        }

        /// One token a line: not every editor can have one that goes on.
        private void lines(Span span, Kind kind, Set<Modifier> modifiers) {
            int start = span.start();
            while (start < span.end()) {
                int end = source.text().indexOf('\n', start);
                end = end < 0 || end > span.end() ? span.end() : end;
                int stop = end > start && source.text().charAt(end - 1) == '\r' ? end - 1 : end;
                if (stop > start) {
                    add(new Span(start, stop), kind, modifiers);
                }
                start = end + 1;
            }
        }

        private void add(Span span, Kind kind, Set<Modifier> modifiers) {
            if (span.length() > 0 && (tokens.isEmpty() || tokens.getLast().at().end() <= span.start())) {
                tokens.add(new SemanticToken(span, kind, modifiers));
            }
        }
    }
}
