package weir.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import weir.model.Action;
import weir.model.Builtin;
import weir.model.Builtins;
import weir.model.Integration;
import weir.model.Parameter;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.source.Location;
import weir.source.Span;
import weir.syntax.Declaration;
import weir.syntax.Expression;
import weir.syntax.Statement;
import weir.syntax.Tree;
import weir.syntax.TypeExpression;

/// Questions of an editor about a checked text: what stands at a place, what could, and where it comes from.
public final class Lookup {
    private final Checked checked;
    private final Findings findings;
    private final Types types;
    private final IdentityHashMap<Tree.File, Pieces> pieces = new IdentityHashMap<>();

    public Lookup(Checked checked) {
        this.checked = checked;
        this.findings = checked.findings();
        this.types = new Types(checked.declarations().types);
    }

    /// A field, method or function, as editors list it.
    ///
    /// @param type its type or signature
    /// @param called whether it is something to call
    public record Member(String name, String type, String doc, boolean called) {}

    // ---- what stands at a place

    /// The smallest expression of the checked file around an offset that the test accepts.
    public Optional<Expression> expressionAt(int offset, Class<? extends Expression> kind) {
        return findings.types.keySet().stream()
                .filter(kind::isInstance)
                .filter(expression -> isHere(expression) && expression.span().contains(offset))
                .min(Comparator.comparingInt(expression -> expression.span().length()));
    }

    /// Pieces of used files are findings too; their places mean nothing in this file.
    private boolean isHere(Object piece) {
        return checked.isAlone() || isIn(piece, checked.file());
    }

    /// Whether a piece of a tree belongs to that file.
    public boolean isIn(Object piece, Tree.File file) {
        return pieces(file).contains(piece);
    }

    private synchronized Pieces pieces(Tree.File file) {
        return pieces.computeIfAbsent(file, Pieces::of);
    }

    /// Every piece of the file's tree, what holds others before what it holds.
    public List<Object> pieces() {
        return pieces(checked.file()).inOrder();
    }

    /// Where a piece of a tree stands, null for what has no place of its own.
    public static @Nullable Span place(Object piece) {
        return Pieces.span(piece);
    }

    /// What the names of the file mean, by their places.
    public Map<Span, Symbol> names() {
        Map<Span, Symbol> names = new HashMap<>();
        findings.places.forEach((piece, place) -> {
            Symbol symbol = findings.symbols.get(piece);
            if (symbol != null && place.source() == checked.file().source()) {
                names.put(place.span(), symbol);
            }
        });
        return names;
    }

    /// What a name means where it stands, null when it means nothing.
    public @Nullable Symbol symbol(Tree.Name name) {
        return findings.symbols.get(name);
    }

    /// All expressions of the file that were looked at.
    public Collection<Expression> expressions() {
        return findings.types.keySet().stream().filter(this::isHere).toList();
    }

    /// All written types of the file that were looked at.
    public Collection<TypeExpression> typeExpressions() {
        return findings.declaredTypes.keySet().stream().filter(this::isHere).toList();
    }

    /// All calls of steps.
    public Collection<Tree.Call> calls() {
        return findings.callees.keySet().stream()
                .filter(Tree.Call.class::isInstance)
                .map(Tree.Call.class::cast)
                .filter(this::isHere)
                .toList();
    }

    /// All blocks of statements.
    public Collection<Tree.Block> blocks() {
        return findings.scopes.keySet().stream()
                .filter(Tree.Block.class::isInstance)
                .map(Tree.Block.class::cast)
                .filter(this::isHere)
                .toList();
    }

    public Type type(Expression expression) {
        return checked.type(expression);
    }

    /// What an expression has to fit, null where nothing is asked of it.
    public @Nullable Type wanted(Expression expression) {
        return findings.wanted.get(expression);
    }

    /// The symbol that is named at an offset, null when there is none.
    public @Nullable Symbol symbolAt(int offset) {
        return findings.places.entrySet().stream()
                .filter(entry -> isIn(entry.getValue(), offset))
                .min(Comparator.comparingInt(entry -> entry.getValue().span().length()))
                .map(entry -> findings.symbols.get(entry.getKey()))
                .orElse(null);
    }

    /// The place of the name at an offset, null when there is none.
    public @Nullable Location placeAt(int offset) {
        return findings.places.values().stream()
                .filter(place -> isIn(place, offset))
                .min(Comparator.comparingInt(place -> place.span().length()))
                .orElse(null);
    }

    private boolean isIn(Location place, int offset) {
        return place.source() == checked.file().source() && place.span().contains(offset);
    }

    /// A place that means a symbol.
    ///
    /// @param shorthand whether it is a field's name at once, as in `{ total }`
    public record Use(Location at, boolean shorthand) {}

    /// Everywhere a symbol is named, its declaration included.
    public List<Use> uses(Symbol symbol) {
        Map<Location, Use> uses = new LinkedHashMap<>();
        findings.symbols.forEach((piece, other) -> {
            Location place = findings.places.get(piece);
            if (place != null && isSame(symbol, other)) {
                uses.merge(
                        place,
                        new Use(place, findings.shorthands.contains(piece)),
                        (a, b) -> new Use(place, a.shorthand() || b.shorthand()));
            }
        });
        return uses.values().stream()
                .sorted(Comparator.comparing((Use use) -> use.at().source().name())
                        .thenComparingInt(use -> use.at().span().start()))
                .toList();
    }

    /// Symbols of one declaration are one, also where one had to be made twice.
    public static boolean isSame(Symbol a, Symbol b) {
        return a == b || (a.at() != null && a.at().equals(b.at()) && a.name().equals(b.name()));
    }

    // ---- what could stand there

    /// The symbols of blocks that can be named at an offset.
    public Collection<Symbol> visibleAt(int offset) {
        Scope scope = findings.scopes.entrySet().stream()
                .filter(entry -> isHere(entry.getKey()) && span(entry.getKey()).contains(offset))
                .min(Comparator.comparingInt(entry -> span(entry.getKey()).length()))
                .map(Map.Entry::getValue)
                .orElse(null);
        if (scope == null) {
            return List.of();
        }
        return scope.symbols().values().stream()
                .filter(symbol -> symbol.at() == null
                        || symbol.at().source() != checked.file().source()
                        || symbol.at().span().end() < offset)
                .toList();
    }

    private static Span span(Object piece) {
        return switch (piece) {
            case Tree.Block block -> block.span();
            case Tree.Call call -> call.span();
            case Statement statement -> statement.span();
            case Declaration declaration -> declaration.span();
            case Declaration.Head head -> head.span();
            case Declaration.TestPart part -> part.span();
            // Default: nothing else has a scope of its own.
            default -> Span.NONE;
        };
    }

    /// What can be read from a value of that type, or called on it.
    public List<Member> members(Type type) {
        Type there = types.withoutMissing(type);
        var members = new LinkedHashMap<String, Member>();
        for (Type alternative : types.members(there)) {
            var record = types.recordOf(alternative);
            if (record != null) {
                record.fields()
                        .forEach(field -> members.putIfAbsent(
                                field.name(),
                                new Member(field.name(), Shape.display(Types.read(field)), field.doc(), false)));
            }
        }
        for (Builtin builtin : Builtins.ALL) {
            if (builtin.of() instanceof Builtin.Of.Value(Type receiver)
                    && there != Basic.JSON
                    && accepts(receiver, there)) {
                members.putIfAbsent(builtin.name(), member(builtin));
            }
        }
        return List.copyOf(members.values());
    }

    private boolean accepts(Type receiver, Type owner) {
        if (receiver instanceof Type.ListOf) {
            return types.itemOf(owner) != null;
        }
        var all = types.members(owner);
        return !all.isEmpty()
                && all.stream().allMatch(member -> types.kind(member).equals(types.kind(receiver)));
    }

    public static Member member(Builtin builtin) {
        String type = builtin.property() ? Shape.display(builtin.result()) : builtin.signature();
        return new Member(builtin.name(), type, builtin.doc(), !builtin.property());
    }

    /// The fields that a record of the wanted type may have, for one that is being written.
    public List<Type.Field> fields(Type wanted) {
        var fields = new LinkedHashMap<String, Type.Field>();
        for (Type alternative : types.members(wanted)) {
            var record = types.recordOf(alternative);
            if (record != null) {
                record.fields().forEach(field -> fields.putIfAbsent(field.name(), field));
            }
        }
        return List.copyOf(fields.values());
    }

    /// The literals that a type names one by one, as they are written.
    public List<String> literals(Type wanted) {
        var literals = new ArrayList<String>();
        for (Type member : types.members(wanted)) {
            if (member instanceof Type.Literal || member == Basic.NULL) {
                literals.add(Shape.display(member));
            }
        }
        return literals;
    }

    /// The signatures of a method on a value of that type.
    public List<Builtin> methods(Type owner, String name) {
        Type there = types.withoutMissing(owner);
        return Builtins.members(name).stream()
                .filter(builtin -> builtin.of() instanceof Builtin.Of.Value(Type receiver)
                        && (there == Basic.JSON || accepts(receiver, there)))
                .toList();
    }

    /// A field of a value of that type, null when it has none of that name.
    public Type.@Nullable Field field(Type owner, String name) {
        return fields(types.withoutMissing(owner)).stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// How a field of a record is written in its type, if it is.
    public Optional<TypeExpression.Field> fieldTree(Type owner, String name) {
        for (Type alternative : types.members(types.withoutMissing(owner))) {
            Type.RecordOf record = types.recordOf(alternative);
            var field = record == null ? Optional.<TypeExpression.Field>empty() : fieldTree(record, name);
            if (field.isPresent()) {
                return field;
            }
        }
        return Optional.empty();
    }

    /// Types that were not made anew are the same object as what was read from the text.
    @SuppressWarnings("ReferenceEquality") // Two equal records are written in two places.
    private Optional<TypeExpression.Field> fieldTree(Type.RecordOf record, String name) {
        TypeExpression.@Nullable RecordOf equal = null;
        TypeExpression.@Nullable RecordOf same = null;
        for (var entry : findings.declaredTypes.entrySet()) {
            if (entry.getKey() instanceof TypeExpression.RecordOf written && record.equals(entry.getValue())) {
                same = entry.getValue() == record ? written : same;
                equal = equal == null || written.span().start() < equal.span().start() ? written : equal;
            }
        }
        var found = same == null ? equal : same;
        return found == null
                ? Optional.empty()
                : found.fields().stream()
                        .filter(field -> field.name().text().equals(name))
                        .findFirst();
    }

    /// Where the parameter of a called workflow is declared.
    public Optional<Location> parameterPlace(Tree.Call call, String name) {
        return checked.callee(call) instanceof Callee.Workflow(String workflow)
                ? Optional.ofNullable(checked.declarations().workflows.get(workflow))
                        .flatMap(declared -> declared.tree().parameters().stream()
                                .filter(parameter -> parameter.name().text().equals(name))
                                .map(parameter -> new Location(
                                        declared.source(), parameter.name().span()))
                                .findFirst())
                : Optional.empty();
    }

    /// The signature of what a step calls, null when it is not known.
    public @Nullable Signature signature(Tree.Call call) {
        return switch (findings.callees.get(call)) {
            case Callee.Of(String integration, String version, Action action) ->
                new Signature(call.target().text(), action.parameters(), action.result(), action.doc());
            case Callee.Workflow(String name) -> workflow(name);
            case Callee.Unknown unknown -> null;
            case null -> null;
        };
    }

    /// The signatures that a trigger of that name may have.
    public List<Signature> triggers(Tree.Path kind) {
        var names = kind.names();
        if (names.size() == 1) {
            return Triggers.builtIn().stream()
                    .filter(signature -> signature.name().equals(kind.text()))
                    .toList();
        }
        var integration = checked.integration(names.getFirst().text());
        return integration == null
                ? List.of()
                : integration.trigger(names.get(1).text()).stream()
                        .map(trigger ->
                                new Signature(kind.text(), trigger.parameters(), trigger.event(), trigger.doc()))
                        .toList();
    }

    /// What performing a step's action again means; empty for what is no action.
    public Optional<weir.model.Effect> effect(Tree.Call call) {
        return checked.callee(call) instanceof Callee.Of of
                ? Optional.of(of.action().effect())
                : Optional.empty();
    }

    /// The signature of a workflow of the files, null when there is none of that name.
    public @Nullable Signature workflow(String name) {
        var workflow = checked.declarations().workflows.get(name);
        return workflow == null
                ? null
                : new Signature(
                        name,
                        workflow.parameters(),
                        checked.result(name),
                        workflow.tree().doc());
    }

    /// The integrations that steps can name, by the name that they are called by.
    public Map<String, Integration> integrations() {
        var all = new java.util.TreeMap<String, Integration>();
        for (String name : checked.declarations().catalog().names()) {
            checked.declarations().catalog().find(name).ifPresent(integration -> all.put(name, integration));
        }
        checked.declarations().integrations.forEach((name, used) -> all.put(name, used.integration()));
        return all;
    }

    /// The text of a function's or rule set's signature, null when the symbol is something else.
    public @Nullable Signature signature(Symbol symbol) {
        var function = checked.declarations().functions.get(symbol.name());
        var rules = checked.declarations().rules.get(symbol.name());
        return switch (symbol.kind()) {
            case FUNCTION -> function == null ? null : function.signature();
            case RULES -> rules == null ? null : rules.signature();
            case WORKFLOW -> workflow(symbol.name());
            case PARAMETER,
                    LET,
                    STEP,
                    ITEM,
                    ARROW,
                    ERROR,
                    SPECIAL,
                    CONSTANT,
                    SETTINGS,
                    POLICY,
                    TYPE,
                    INTEGRATION,
                    GLOBAL,
                    SPACE -> null;
        };
    }

    /// The names that are declared at the left edge of files: constants, functions, rule sets and the settings.
    public List<Symbol> fileLevel() {
        var all = new ArrayList<Symbol>();
        var declarations = checked.declarations();
        declarations.constants.values().forEach(constant -> {
            Symbol symbol = findings.symbols.get(constant.tree().name());
            if (symbol != null) {
                all.add(symbol);
            }
        });
        declarations.functions.values().forEach(function -> all.add(function.symbol()));
        declarations.rules.values().forEach(rules -> all.add(rules.symbol()));
        if (declarations.settingsSymbol() != null) {
            all.add(declarations.settingsSymbol());
        }
        return all;
    }

    public Collection<Symbol> declaredTypes() {
        return checked.declarations().typeSymbols.values();
    }

    public Collection<Symbol> policies() {
        return checked.declarations().policies.values().stream()
                .map(Declarations.Policy::symbol)
                .toList();
    }

    public Collection<Symbol> workflows() {
        return checked.declarations().workflows.values().stream()
                .map(Declarations.Workflow::symbol)
                .toList();
    }

    /// The parameters of a workflow, empty when there is none of that name.
    public List<Parameter> parameters(String workflow) {
        var declared = checked.declarations().workflows.get(workflow);
        return declared == null ? List.of() : declared.parameters();
    }
}
