package weir.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Location;
import weir.source.Source;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.TypeExpression;

/// What a check finds out, collected while it goes: problems, and what the pieces of the tree mean. Pieces are keys by
/// identity, for equal pieces stand in different places.
final class Findings {
    /// More problems are not kept: nobody reads them.
    private static final int MOST = 10_000;

    private final List<CheckProblem> problems = new ArrayList<>();
    private int effort = 200_000;
    /// Keeps types from growing without end.
    final Weights weights = new Weights();
    final IdentityHashMap<Expression, Type> types = new IdentityHashMap<>();
    final IdentityHashMap<TypeExpression, Type> declaredTypes = new IdentityHashMap<>();
    final IdentityHashMap<Object, Symbol> symbols = new IdentityHashMap<>();
    final IdentityHashMap<Object, Location> places = new IdentityHashMap<>();
    final IdentityHashMap<Object, Callee> callees = new IdentityHashMap<>();
    final IdentityHashMap<Object, Type> runTimeChecks = new IdentityHashMap<>();
    /// Expressions whose values somebody relies on, where only the run can see whether they have the type.
    final IdentityHashMap<Expression, Relied> relied = new IdentityHashMap<>();
    /// Names of functions that stand for an arrow, and are called with what only the run can see.
    final Set<Expression> openReferences = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    final IdentityHashMap<Object, Scope> scopes = new IdentityHashMap<>();
    /// What an expression has to fit, where that is known.
    final IdentityHashMap<Expression, Type> wanted = new IdentityHashMap<>();
    /// Names that stand for a field and its value at once, as in `{ total }`.
    final Set<Object> shorthands = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    /// The uses of names that such a name stands for.
    final Set<Object> shortUses = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    final IdentityHashMap<Object, Scope> ends = new IdentityHashMap<>();
    final IdentityHashMap<Object, Coverage> coverages = new IdentityHashMap<>();
    final IdentityHashMap<Statement.Let, Symbol> lets = new IdentityHashMap<>();
    final Map<String, Ending> endings = new HashMap<>();
    /// The statements that made names, for what depends on where a value comes from.
    final IdentityHashMap<Symbol, Statement> origins = new IdentityHashMap<>();
    private final Set<Symbol> used = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

    /// What is known of a workflow once its body was looked at.
    ///
    /// @param scope with the names of its top level
    /// @param steps the named steps with effects, wherever they stand
    record Ending(Scope scope, Type result, Map<String, Symbol> steps) {}

    void report(CheckProblem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        }
    }

    /// Takes from what looking for nearest names may cost; says whether there was enough.
    boolean spend(int comparisons) {
        effort -= comparisons;
        return effort >= 0;
    }

    List<CheckProblem> problems() {
        return problems;
    }

    /// How many problems there are, for [#forget].
    int mark() {
        return problems.size();
    }

    /// Forgets the problems since the mark, because the piece is looked at again with more known.
    void forget(int mark) {
        problems.subList(mark, problems.size()).clear();
    }

    /// Notes that the piece of the tree at that place means the symbol.
    void use(Object piece, Symbol symbol, Source source, Span span) {
        symbols.put(piece, symbol);
        places.put(piece, new Location(source, span));
        used.add(symbol);
    }

    /// Notes that the symbol is declared by that piece.
    void declare(Object piece, Symbol symbol) {
        symbols.put(piece, symbol);
        if (symbol.at() != null) {
            places.put(piece, symbol.at());
        }
    }

    boolean isUsed(Symbol symbol) {
        return used.contains(symbol);
    }

    Type type(Expression expression, Type type) {
        types.put(expression, type);
        return type;
    }

    @Nullable
    Type runTimeCheck(Object piece) {
        return runTimeChecks.get(piece);
    }
}
