package weir.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import weir.model.Shape;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.model.Type.Literal;
import weir.source.Fix;
import weir.source.Span;
import weir.syntax.Expression;
import weir.syntax.Expression.Property;
import weir.syntax.Tree;

/// Lists and records as they are written, and what literals are compared with.
final class Literals {
    /// More different literals than this in one list are taken as what they are literals of.
    private static final int DIFFERENT = 16;

    private final Expressions expressions;
    private final Checking checking;
    private final Types types;

    Literals(Expressions expressions) {
        this.expressions = expressions;
        this.checking = expressions.checking;
        this.types = expressions.types;
    }

    // ---- lists

    Type list(Expression.ListLiteral list, Scope scope) {
        var items = new ArrayList<Type>();
        for (var element : list.elements()) {
            Type type = expressions.infer(element.value(), scope);
            items.add(element.spread() ? spread(element.value(), type) : type);
        }
        return bounded(new Type.ListOf(merge(items)));
    }

    Type list(Expression.ListLiteral list, Type wanted, Scope scope, String slot) {
        Type item = types.itemOf(types.withoutMissing(wanted));
        Type wantedItem = item == null ? Basic.UNKNOWN : item;
        var items = new ArrayList<Type>();
        for (var element : list.elements()) {
            if (element.spread()) {
                Type type = expressions.infer(element.value(), scope);
                Type given = spread(element.value(), type);
                expressions.expect(element.value(), given, wantedItem, "an item of " + slot);
                items.add(given);
            } else {
                items.add(expressions.check(element.value(), wantedItem, scope, "an item of " + slot));
            }
        }
        return bounded(new Type.ListOf(merge(items)));
    }

    private Type spread(Expression value, Type type) {
        Type item = types.kind(type).equals("string") ? Basic.STRING : types.itemOf(type);
        if (item == null) {
            String advice = types.mayBeMissing(type) ? "Write `...(… ?? [])`." : null;
            checking.report(new TypeProblem.NotAList(checking.at(value.span()), "`...`", Words.a(type), advice));
        }
        return item == null ? Basic.UNKNOWN : item;
    }

    /// One type for the items of a list: records of the same fields become one record.
    private Type merge(List<Type> items) {
        Type union = types.join(items);
        if (!(union instanceof Type.Union(List<Type> members))) {
            return union;
        }
        if (members.stream().filter(Literal.class::isInstance).count() > DIFFERENT) {
            return types.widen(union);
        }
        return members.stream().allMatch(Type.RecordOf.class::isInstance) ? mergeRecords(members, union) : union;
    }

    private Type mergeRecords(List<Type> members, Type union) {
        var fields = new LinkedHashMap<String, List<Type>>();
        List<String> names = null;
        for (Type member : members) {
            var record = (Type.RecordOf) member;
            var own = record.fields().stream().map(Field::name).sorted().toList();
            if ((names != null && !names.equals(own))
                    || record.fields().stream().anyMatch(Field::optional)) {
                return union;
            }
            names = own;
            record.fields()
                    .forEach(field -> fields.computeIfAbsent(field.name(), any -> new ArrayList<>())
                            .add(field.type()));
        }
        return new Type.RecordOf(fields.entrySet().stream()
                .map(entry -> new Field(entry.getKey(), merge(entry.getValue()), false, ""))
                .toList());
    }

    // ---- records

    Type object(Expression.ObjectLiteral object, Scope scope) {
        return object(object, (Wanted) null, scope);
    }

    /// With the fields checked against the record or map that is wanted.
    Type object(Expression.ObjectLiteral object, Type wanted, Scope scope, String slot) {
        Type target = target(object, wanted);
        if (target == null) {
            Type type = object(object, scope);
            if (!noAlternative(object, wanted)) {
                expressions.expect(object, type, wanted, slot);
            }
            return type;
        }
        int mark = checking.findings.mark();
        Type type = object(object, target, slot, scope);
        boolean assembled = object.properties().stream()
                .anyMatch(property -> property instanceof Property.Spread || property instanceof Property.Computed);
        if (assembled && checking.findings.mark() == mark) {
            // Each written field was looked at; what comes from elsewhere has to fit, too.
            expressions.expect(object, type, target, slot);
        }
        return type;
    }

    private Type object(Expression.ObjectLiteral object, Type target, String slot, Scope scope) {
        if (types.resolve(target) instanceof Type.MapOf(Type value)) {
            return object(object, (MapFields) name -> value, scope);
        }
        var record = (Type.RecordOf) types.resolve(target);
        Type type = object(
                object,
                (Wanted) name -> {
                    Field field = Types.field(record, name.text());
                    if (field == null) {
                        unknownField(name, record);
                        return Basic.UNKNOWN;
                    }
                    return Types.read(field);
                },
                scope);
        lacking(object, type, record, slot);
        return type;
    }

    private interface Wanted {
        Type of(Tree.Name field);
    }

    private Type object(Expression.ObjectLiteral object, @Nullable Wanted wanted, Scope scope) {
        var fields = new LinkedHashMap<String, Field>();
        Set<String> written = new HashSet<>();
        Type others = Basic.NEVER;
        boolean open = false;
        for (Property property : object.properties()) {
            switch (property) {
                case Property.Entry(Tree.Name key, Expression value, Span span) -> {
                    Type type = wanted == null
                            ? expressions.infer(value, scope)
                            : expressions.check(value, wanted.of(key), scope, "`" + key.text() + "`");
                    put(fields, written, key, type);
                }
                case Property.Short(Tree.Name name, Span span) -> {
                    var use = new Expression.NameUse(name.text(), name.span());
                    checking.findings.shortUses.add(use);
                    Type type = wanted == null
                            ? expressions.infer(use, scope)
                            : expressions.check(use, wanted.of(name), scope, "`" + name.text() + "`");
                    var symbol = checking.findings.symbols.get(use);
                    checking.findings.shorthands.add(name);
                    if (symbol != null) {
                        checking.findings.use(name, symbol, checking.source, name.span());
                    }
                    put(fields, written, name, type);
                }
                case Property.Computed(Expression key, Expression value, Span span) -> {
                    expressions.check(key, Types.union(Basic.STRING, Basic.NUMBER), scope, "a field's name");
                    Type type = wanted == null
                            ? expressions.infer(value, scope)
                            : expressions.check(value, anyField(wanted, span), scope, "a field");
                    others = types.join(others, type);
                }
                case Property.Spread(Expression value, Span span) -> {
                    Type type = expressions.infer(value, scope);
                    Type all = types.withoutMissing(type);
                    if (types.members(all).stream().anyMatch(Secrecy::isSecret)) {
                        checking.report(new EffectProblem.SecretLeak(checking.at(value.span()), ""));
                        all = Basic.UNKNOWN;
                    }
                    if (types.resolve(all) instanceof Type.RecordOf record) {
                        boolean perhaps = types.mayBeMissing(type);
                        record.fields().forEach(field -> spreadField(fields, field, perhaps));
                    } else if (types.resolve(all) instanceof Type.MapOf(Type item)) {
                        others = types.join(others, item);
                    } else {
                        open |= isOpen(value, all);
                        others = types.holdsSecret(all) ? Types.union(others, Basic.SECRET) : others;
                    }
                }
            }
        }
        if (others == Basic.NEVER && !open) {
            return bounded(new Type.RecordOf(List.copyOf(fields.values())));
        }
        Type values = open ? types.join(others, Basic.JSON) : others;
        for (Field field : fields.values()) {
            values = types.join(values, field.type());
        }
        return open && values == Basic.JSON ? values : bounded(new Type.MapOf(values));
    }

    /// What gets too heavy is taken as `json`, which never hides a secret.
    private Type bounded(Type type) {
        Type light = checking.findings.weights.bounded(type);
        return light == Basic.JSON ? types.join(light, type) : light;
    }

    /// A computed name may be any: what is wanted of it is known only for maps.
    private static Type anyField(Wanted wanted, Span span) {
        return wanted instanceof MapFields ? wanted.of(new Tree.Name("", span)) : Basic.UNKNOWN;
    }

    private interface MapFields extends Wanted {}

    private void put(Map<String, Field> fields, Set<String> written, Tree.Name name, Type type) {
        if (!written.add(name.text())) {
            checking.report(new TypeProblem.DuplicateField(checking.at(name.span()), name.text()));
        }
        boolean perhaps = types.members(type).contains(Basic.UNDEFINED);
        Type there = perhaps ? types.only(type, member -> member != Basic.UNDEFINED) : type;
        fields.put(name.text(), new Field(name.text(), there, perhaps, ""));
    }

    private void spreadField(Map<String, Field> fields, Field field, boolean perhaps) {
        Field earlier = fields.get(field.name());
        boolean optional = field.optional() || perhaps;
        Type type = optional && earlier != null ? types.join(earlier.type(), field.type()) : field.type();
        boolean missing = optional && (earlier == null || earlier.optional());
        fields.put(field.name(), new Field(field.name(), type, missing, field.doc()));
    }

    private boolean isOpen(Expression value, Type type) {
        boolean records = types.members(type).stream()
                .allMatch(member -> types.kind(member).equals("record")
                        || types.kind(member).isEmpty());
        if (!records) {
            checking.report(new TypeProblem.Operands(checking.at(value.span()), "...", Words.a(type), "", null));
        }
        return true;
    }

    /// Which record or map of those that are wanted is meant, null when it cannot be told.
    private @Nullable Type target(Expression.ObjectLiteral object, Type wanted) {
        var candidates = types.members(wanted).stream()
                .filter(member ->
                        types.resolve(member) instanceof Type.RecordOf || types.resolve(member) instanceof Type.MapOf)
                .toList();
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        var told = candidates.stream()
                .filter(candidate -> agrees(object, candidate, true))
                .toList();
        var kept = told.size() == 1
                ? told
                : candidates.stream()
                        .filter(candidate -> agrees(object, candidate, false))
                        .toList();
        return kept.size() == 1 ? kept.getFirst() : null;
    }

    /// Says which literal fits none of the alternatives, if there is one.
    private boolean noAlternative(Expression.ObjectLiteral object, Type wanted) {
        for (Property property : object.properties()) {
            if (property instanceof Property.Entry(Tree.Name key, Expression written, Span span)
                    && isLiteral(written)) {
                Literal literal = literal(written);
                var allowed = new ArrayList<Type>();
                for (Type member : types.members(wanted)) {
                    var record = types.recordOf(member);
                    Field field = record == null ? null : Types.field(record, key.text());
                    allowed.add(field == null ? Basic.UNKNOWN : field.type());
                }
                Type all = types.join(allowed);
                if (!types.overlap(all, literal)) {
                    expressions.expect(written, literal, all, "`" + key.text() + "`");
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether no literal of the object contradicts the candidate.
    ///
    /// @param discriminators whether only those fields count that have literals as their types
    private boolean agrees(Expression.ObjectLiteral object, Type candidate, boolean discriminators) {
        var record = types.recordOf(candidate);
        if (record == null) {
            return false;
        }
        for (Property property : object.properties()) {
            if (property instanceof Property.Entry(Tree.Name key, Expression written, Span span)
                    && isLiteral(written)) {
                Literal literal = literal(written);
                Field field = Types.field(record, key.text());
                if (field != null
                        && (!discriminators || expressions.conditions.isConstant(field.type()))
                        && !types.overlap(field.type(), literal)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isLiteral(Expression expression) {
        return expression instanceof Expression.Text
                || expression instanceof Expression.Numeric
                || expression instanceof Expression.Truth;
    }

    private static Literal literal(Expression expression) {
        return switch (expression) {
            case Expression.Text text -> new Literal.Text(text.value());
            case Expression.Numeric number -> new Literal.Numeric(number.value());
            case Expression.Truth truth -> new Literal.Truth(truth.value());
            // Default: what is computed may be any value of its type.
            default -> throw new IllegalArgumentException("no literal: " + expression);
        };
    }

    private void unknownField(Tree.Name name, Type.RecordOf record) {
        var names = record.fields().stream().map(Field::name).toList();
        checking.report(new TypeProblem.UnknownField(
                checking.at(name.span()),
                name.text(),
                Words.there(names),
                checking.nearest(name.text(), names).orElse(null)));
    }

    private void lacking(Expression.ObjectLiteral object, Type type, Type.RecordOf wanted, String slot) {
        var given = types.recordOf(type);
        if (given == null) {
            return;
        }
        for (Field field : wanted.fields()) {
            boolean needed = !field.optional() && !types.members(field.type()).contains(Basic.UNDEFINED);
            Field there = Types.field(given, field.name());
            if (needed && there == null && !isMisspelt(field, given, wanted)) {
                checking.report(new TypeProblem.LacksField(
                        checking.at(object.span()),
                        Words.sentence(slot),
                        field.name(),
                        Shape.display(field.type()),
                        insertion(object, field)));
            }
        }
    }

    /// Whether a field that nobody asked for is nearly the one that is lacking: that was reported.
    private boolean isMisspelt(Field lacking, Type.RecordOf given, Type.RecordOf wanted) {
        var names = wanted.fields().stream().map(Field::name).toList();
        return given.fields().stream()
                .filter(field -> !names.contains(field.name()))
                .anyMatch(field -> checking.nearest(field.name(), names)
                        .filter(lacking.name()::equals)
                        .isPresent());
    }

    /// Adds the field with an example as its value.
    private @Nullable Fix insertion(Expression.ObjectLiteral object, Field field) {
        var example = new Shape(checking.declarations.types).example(field.type(), field.name());
        String text = field.name() + ": " + example;
        int end = object.span().end() - 1;
        if (end <= object.span().start() || checking.source.text().charAt(end) != '}') {
            return null;
        }
        String title = "Add " + field.name();
        return object.properties().isEmpty()
                ? Fix.replace(title, object.span(), "{ " + text + " }")
                : Fix.insert(title, object.properties().getLast().span().end(), ", " + text);
    }

    /// What a field of a destructured value is.
    Type destructure(Type type, Tree.Name key) {
        var results = new ArrayList<Type>();
        for (Type member : types.members(type)) {
            switch (types.resolve(member)) {
                case Type.RecordOf record -> {
                    Field field = Types.field(record, key.text());
                    if (field == null) {
                        unknownField(key, record);
                    }
                    results.add(field == null ? Basic.UNKNOWN : Types.read(field));
                }
                case Type.MapOf(Type value) -> results.add(Types.union(value, Basic.UNDEFINED));
                case Basic.JSON -> results.add(Basic.JSON);
                case Basic.UNKNOWN -> results.add(Basic.UNKNOWN);
                case Type other -> {
                    checking.report(new TypeProblem.NoSuchField(
                            checking.at(key.span()), Words.sentence(Words.a(other)), key.text(), null, null));
                    results.add(Basic.UNKNOWN);
                }
            }
        }
        return types.join(results);
    }

    // ---- comparisons

    /// Says when `===` and `!==` can give only one answer.
    void comparison(Expression.Binary binary, Type left, Type right) {
        boolean equal = binary.operator().startsWith("=");
        if (sides(binary, left, right)) {
            return;
        }
        if (!types.overlap(left, right)) {
            checking.report(new TypeProblem.NeverEqual(
                    checking.at(binary.span()),
                    !equal,
                    Words.a(left),
                    Words.a(right),
                    advice(left, right),
                    nearest(binary, left, right)));
        } else {
            identity(binary, left, right);
        }
    }

    /// Records and lists are compared by which they are, and that is hardly ever meant.
    private void identity(Expression.Binary binary, Type left, Type right) {
        boolean both = isStructure(left) && isStructure(right);
        Type a = types.withoutMissing(left);
        Type b = types.withoutMissing(right);
        boolean any = a != Basic.NEVER
                && b != Basic.NEVER
                && (isStructure(a) ? isStructure(b) || b == Basic.JSON : isStructure(b) && a == Basic.JSON);
        if (any) {
            checking.report(new TypeProblem.Identity(
                    checking.at(binary.span()), binary.operator(), both, contents(binary, left, right)));
        }
    }

    /// A comparison of what is in them, as far as the types say what that is.
    private Fix contents(Expression.Binary binary, Type left, Type right) {
        String a = checking.text(binary.left().span());
        String b = checking.text(binary.right().span());
        String text;
        if (binary.right() instanceof Expression.ListLiteral list
                && list.elements().isEmpty()
                && types.itemOf(left) != null) {
            text = a + ".length " + binary.operator() + " 0";
        } else if (hasId(left) && hasId(right)) {
            text = a + ".id " + binary.operator() + " " + b + ".id";
        } else {
            text = "JSON.stringify(" + a + ") " + binary.operator() + " JSON.stringify(" + b + ")";
        }
        return Fix.replace("Compare what is in them", binary.span(), text);
    }

    private boolean hasId(Type type) {
        var record = types.recordOf(type);
        var id = record == null ? null : Types.field(record, "id");
        return id != null && !id.optional() && !isStructure(id.type());
    }

    /// Secrets may not be compared, but for whether there is one.
    private boolean sides(Expression.Binary binary, Type left, Type right) {
        boolean asksWhetherThere = isMissing(left) || isMissing(right);
        boolean first = types.holdsSecret(left);
        if (asksWhetherThere || !(first || types.holdsSecret(right))) {
            return false;
        }
        Expression side = first ? binary.left() : binary.right();
        checking.report(new EffectProblem.SecretLeak(checking.at(side.span()), "a comparison"));
        return true;
    }

    private boolean isMissing(Type type) {
        return types.members(type).stream().allMatch(Types::isMissing);
    }

    private boolean isStructure(Type type) {
        return types.members(type).stream().allMatch(member -> {
            String kind = types.kind(member);
            return kind.equals("record") || kind.equals("list");
        });
    }

    private @Nullable String advice(Type left, Type right) {
        boolean undefined = types.members(left).contains(Basic.UNDEFINED) && right == Basic.NULL;
        if (undefined) {
            return "What is left out is `undefined`, not `null`.";
        }
        boolean nothing = types.members(left).contains(Basic.NULL) && right == Basic.UNDEFINED;
        if (nothing) {
            return "It may be `null`, but is never left out.";
        }
        var texts = expressions.misfits.texts(left);
        return texts.isEmpty()
                ? null
                : "It is one of " + texts.stream().map(Shape::quote).collect(Collectors.joining(", ")) + ".";
    }

    private @Nullable Fix nearest(Expression.Binary binary, Type left, Type right) {
        Expression literal = binary.right() instanceof Expression.Text ? binary.right() : binary.left();
        Type other = binary.right() instanceof Expression.Text ? left : right;
        if (!(literal instanceof Expression.Text text)) {
            return null;
        }
        return expressions.misfits.nearest(text.value(), other, literal.span());
    }
}
