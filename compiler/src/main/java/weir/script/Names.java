package weir.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.script.Outline.Draw;
import weir.source.Span;

/// Which names are declared where, and which uses find none.
final class Names {
    private Scope scope;
    /// By where the name stands that is asked.
    private final Map<Integer, Draw> drawn = new HashMap<>();

    private static final class Scope {
        final @Nullable Scope outer;
        final boolean function;
        /// Names of `let`, `const`, `class`, and of functions in blocks.
        final Set<String> lexical = new HashSet<>();
        /// Names of `var` that are declared here or inside, and of functions at the top of a function.
        final Set<String> hoisted = new HashSet<>();
        final Set<String> parameters = new HashSet<>();
        final List<Use> uses = new ArrayList<>();

        Scope(@Nullable Scope outer, boolean function) {
            this.outer = outer;
            this.function = function;
        }

        boolean has(String name) {
            return lexical.contains(name)
                    || parameters.contains(name)
                    || (function && (hoisted.contains(name) || name.equals("arguments")));
        }
    }

    Names(List<String> parameters) {
        this.scope = new Scope(null, true);
        scope.parameters.addAll(parameters);
    }

    void enterFunction() {
        scope = new Scope(scope, true);
    }

    void enterBlock() {
        scope = new Scope(scope, false);
    }

    void leave() {
        Scope ended = scope;
        Scope outer = ended.outer;
        if (outer != null) {
            ended.uses.stream().filter(use -> !ended.has(use.name())).forEach(outer.uses::add);
            scope = outer;
        }
    }

    void use(Token name) {
        use(name, false, false);
    }

    /// A name that only `typeof` asks for.
    void test(Token name) {
        use(name, true, false);
    }

    /// A name that is a field's name at once.
    void field(Token name) {
        use(name, false, true);
    }

    private void use(Token name, boolean tested, boolean field) {
        scope.uses.add(new Use(name.text(), new Span(name.start(), name.end()), tested, field));
    }

    /// How many uses there are so far, for [#forget].
    int mark() {
        return scope.uses.size();
    }

    /// Forgets the uses since the mark: the same text is read again as something else.
    void forget(int mark) {
        scope.uses.subList(mark, scope.uses.size()).clear();
    }

    /// @param owner the name that it is asked of
    void draw(String what, Token owner, int start, int end) {
        drawn.putIfAbsent(owner.start(), new Draw(what, new Span(start, end)));
    }

    /// Those that are asked of JavaScript's own names.
    List<Draw> draws() {
        return open().stream()
                .map(use -> drawn.get(use.at().start()))
                .filter(Objects::nonNull)
                .toList();
    }

    // ---- declarations

    void parameter(Token name) {
        if (!scope.parameters.add(name.text())) {
            throw twice(name);
        }
    }

    void lexical(Token name) {
        String text = name.text();
        boolean twice = scope.lexical.contains(text)
                || scope.hoisted.contains(text)
                || (scope.function && scope.parameters.contains(text));
        if (twice) {
            throw twice(name);
        }
        scope.lexical.add(text);
    }

    void function(Token name) {
        if (!scope.function) {
            lexical(name);
        } else if (scope.lexical.contains(name.text())) {
            throw twice(name);
        } else {
            scope.hoisted.add(name.text());
        }
    }

    void variable(Token name) {
        Scope at = scope;
        while (true) {
            if (at.lexical.contains(name.text())) {
                throw twice(name);
            }
            at.hoisted.add(name.text());
            if (at.function || at.outer == null) {
                return;
            }
            at = at.outer;
        }
    }

    private static Unreadable twice(Token name) {
        return new Unreadable("`%s` is declared twice.".formatted(name.text()), name.start(), name.end());
    }

    /// What the whole script does not declare itself, its parameters included, once all of it was read.
    List<Use> open() {
        return scope.uses.stream()
                .filter(use -> scope.parameters.contains(use.name()) || !scope.has(use.name()))
                .sorted(Comparator.comparingInt(use -> use.at().start()))
                .toList();
    }
}
