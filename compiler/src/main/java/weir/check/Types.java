package weir.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Literal;

/// The algebra of types: unions, what is in them, and what remains when something is known not to be.
final class Types {
    /// What can be read of a file without looking into it.
    private static final Type.RecordOf FILE = new Type.RecordOf(List.of(
            new Type.Field("name", Basic.STRING, false, "What it is called, without a folder."),
            new Type.Field("type", Basic.STRING, false, "Its media type, as `text/csv`."),
            new Type.Field("size", Basic.INT, false, "How many bytes it has.")));

    private static final Type TRUE = new Literal.Truth(true);
    private static final Type FALSE = new Literal.Truth(false);
    /// A chain of aliases longer than this is a cycle, which was reported where it is declared.
    private static final int ALIASES = 100;

    private final Map<String, Type> declared;

    /// @param declared types by name; may still grow while declarations are collected
    Types(Map<String, Type> declared) {
        this.declared = declared;
    }

    /// What a name stands for; other types are themselves.
    Type resolve(Type type) {
        Type at = type;
        for (int i = 0; i < ALIASES; i++) {
            if (!(at instanceof Type.Named(String name))) {
                return at;
            }
            at = declared.getOrDefault(name, Basic.UNKNOWN);
        }
        return Basic.UNKNOWN;
    }

    /// The alternatives of a type. Names of records stay names, names of unions are opened.
    List<Type> members(Type type) {
        Type meant = resolve(type);
        if (!(meant instanceof Type.Union(List<Type> members))) {
            return List.of(meant instanceof Type.RecordOf ? type : meant);
        }
        if (isPlain(members)) {
            return members;
        }
        var opened = new LinkedHashSet<Type>();
        open(type, opened, new HashSet<>());
        return List.copyOf(opened);
    }

    private static boolean isPlain(List<Type> members) {
        for (Type member : members) {
            if (member instanceof Type.Named) {
                return false;
            }
        }
        return true;
    }

    private void open(Type type, Set<Type> into, Set<Type> opened) {
        switch (resolve(type)) {
            case Type.Union(List<Type> members) -> {
                if (!(type instanceof Type.Named) || opened.add(type)) {
                    members.forEach(member -> open(member, into, opened));
                }
            }
            case Type.RecordOf record -> into.add(type);
            case Type other -> into.add(other);
        }
    }

    /// One type for values of either, in its shortest form.
    static Type union(Type... types) {
        return union(List.of(types));
    }

    static Type union(Iterable<? extends Type> types) {
        Set<Type> all = new LinkedHashSet<>();
        types.forEach(type -> flatten(type, all));
        if (all.contains(Basic.UNKNOWN)) {
            return Basic.UNKNOWN;
        }
        if (all.contains(Basic.JSON)) {
            boolean secret = all.stream().anyMatch(Secrecy::shows);
            all.removeIf(type -> type != Basic.JSON && !Secrecy.isSecret(type));
            if (secret && all.size() == 1) {
                all.add(Basic.SECRET);
            }
        }
        if (all.contains(TRUE) && all.contains(FALSE)) {
            all.add(Basic.BOOLEAN);
        }
        all.removeIf(type -> isAbsorbed(type, all));
        return switch (all.size()) {
            case 0 -> Basic.NEVER;
            case 1 -> all.iterator().next();
            default -> new Type.Union(List.copyOf(all));
        };
    }

    /// The same, where names may stand for records with secrets: `json` takes other types in, but never a secret.
    Type join(Iterable<? extends Type> types) {
        Type union = union(types);
        boolean swallows = union == Basic.JSON
                || (union instanceof Type.Union all && members(all).contains(Basic.JSON));
        if (!swallows) {
            return union;
        }
        for (Type type : types) {
            if (holdsSecret(type)) {
                return union(union, Basic.SECRET);
            }
        }
        return union;
    }

    Type join(Type... types) {
        return join(List.of(types));
    }

    /// Whether a secret may be in a value of the type, however deep.
    boolean holdsSecret(Type type) {
        return Secrecy.holds(this, type);
    }

    /// Whether no part of it stands for a mistake that was reported.
    static boolean isKnown(Type type) {
        return switch (type) {
            case Basic basic -> basic != Basic.UNKNOWN;
            case Literal _, Type.Named _ -> true;
            case Type.ListOf(Type item) -> isKnown(item);
            case Type.MapOf(Type value) -> isKnown(value);
            case Type.RecordOf(List<Type.Field> fields) -> fields.stream().allMatch(field -> isKnown(field.type()));
            case Type.Union(List<Type> members) -> members.stream().allMatch(Types::isKnown);
        };
    }

    private static void flatten(Type type, Set<Type> into) {
        if (type instanceof Type.Union(List<Type> members)) {
            members.forEach(member -> flatten(member, into));
        } else if (type != Basic.NEVER) {
            into.add(type);
        }
    }

    private static boolean isAbsorbed(Type type, Set<Type> all) {
        return switch (type) {
            case Literal.Text text -> all.contains(Basic.STRING);
            case Literal.Numeric(double value) ->
                all.contains(Basic.NUMBER) || (all.contains(Basic.INT) && isWhole(value));
            case Literal.Truth truth -> all.contains(Basic.BOOLEAN);
            case Basic basic ->
                (basic == Basic.INT && all.contains(Basic.NUMBER))
                        || (basic == Basic.DATETIME && all.contains(Basic.STRING));
            case Type.ListOf(Type item) ->
                item == Basic.NEVER && all.stream().anyMatch(other -> isOtherList(other, type));
            case Type.RecordOf(List<Type.Field> fields) ->
                fields.isEmpty() && all.stream().anyMatch(Type.MapOf.class::isInstance);
            // Default: no other type is part of another one.
            default -> false;
        };
    }

    private static boolean isOtherList(Type other, Type than) {
        return other instanceof Type.ListOf && !other.equals(than);
    }

    static boolean isWhole(double value) {
        return value == Math.rint(value) && !Double.isInfinite(value);
    }

    /// The members for which the test holds, as one type.
    @SuppressWarnings("ReferenceEquality") // Comparing all members would take longer than making the union.
    Type only(Type type, Predicate<Type> test) {
        var all = members(type);
        var kept = new ArrayList<Type>(all.size());
        for (Type member : all) {
            if (test.test(member)) {
                kept.add(member);
            }
        }
        if (kept.size() == all.size()) {
            return type;
        }
        // A part of a union is as short as it gets, too, unless names in it were opened.
        boolean isPart = kept.size() > 1 && type instanceof Type.Union(List<Type> members) && members == all;
        return isPart ? new Type.Union(kept) : join(kept);
    }

    /// Each member replaced, as one type.
    Type map(Type type, UnaryOperator<Type> change) {
        return join(members(type).stream().map(change).toList());
    }

    static boolean isMissing(Type member) {
        return member == Basic.NULL || member == Basic.UNDEFINED;
    }

    /// Whether null or undefined may be among its values. `json` is not counted: it is looked at when the run gets
    /// there.
    boolean mayBeMissing(Type type) {
        return members(type).stream().anyMatch(Types::isMissing);
    }

    Type withoutMissing(Type type) {
        return only(type, member -> !isMissing(member));
    }

    /// What remains of it where it counts as true.
    Type truthy(Type type) {
        return map(type, member -> switch (member) {
            case Basic.NULL, Basic.UNDEFINED -> Basic.NEVER;
            case Basic.BOOLEAN -> TRUE;
            case Literal.Truth(boolean value) -> value ? member : Basic.NEVER;
            case Literal.Text(String value) -> value.isEmpty() ? Basic.NEVER : member;
            case Literal.Numeric(double value) -> value == 0 ? Basic.NEVER : member;
            // Default: every value of any other type counts as true.
            default -> member;
        });
    }

    /// What remains of it where it counts as false.
    Type falsy(Type type) {
        return map(type, member -> switch (resolve(member)) {
            case Basic.BOOLEAN -> FALSE;
            case Basic.STRING -> new Literal.Text("");
            case Basic.NUMBER, Basic.INT, Basic.DURATION -> member;
            case Basic.NULL, Basic.UNDEFINED, Basic.JSON, Basic.UNKNOWN -> member;
            case Literal.Truth(boolean value) -> value ? Basic.NEVER : member;
            case Literal.Text(String value) -> value.isEmpty() ? member : Basic.NEVER;
            case Literal.Numeric(double value) -> value == 0 ? member : Basic.NEVER;
            // Default: no value of any other type counts as false.
            default -> Basic.NEVER;
        });
    }

    /// The type that a value which starts so may grow into: literals become what they are literals of.
    Type widen(Type type) {
        if (type instanceof Type.Union(List<Type> members)) {
            return join(members.stream().map(this::widen).toList());
        }
        return type instanceof Type.Named ? type : widenOne(type);
    }

    private Type widenOne(Type type) {
        return map(type, member -> switch (member) {
            case Literal literal -> basicOf(literal);
            case Type.ListOf(Type item) -> new Type.ListOf(widen(item));
            case Type.RecordOf(List<Type.Field> fields) ->
                new Type.RecordOf(fields.stream()
                        .map(field -> new Type.Field(field.name(), widen(field.type()), field.optional(), field.doc()))
                        .toList());
            // Default: any other type is as wide as it gets.
            default -> member;
        });
    }

    /// What a literal is one value of.
    static Basic basicOf(Literal literal) {
        return switch (literal) {
            case Literal.Text text -> Basic.STRING;
            case Literal.Numeric(double value) -> isWhole(value) ? Basic.INT : Basic.NUMBER;
            case Literal.Truth truth -> Basic.BOOLEAN;
        };
    }

    /// The type of a list's items when every alternative is a list, else null.
    @Nullable
    Type itemOf(Type type) {
        var items = new ArrayList<Type>();
        for (Type member : members(type)) {
            switch (member) {
                case Type.ListOf(Type item) -> items.add(item);
                case Basic.JSON -> items.add(Basic.JSON);
                case Basic.UNKNOWN -> items.add(Basic.UNKNOWN);
                // Default: one alternative without items is enough.
                default -> {
                    return null;
                }
            }
        }
        return items.isEmpty() ? null : join(items);
    }

    /// The record that a type is, or null.
    Type.@Nullable RecordOf recordOf(Type type) {
        return switch (resolve(type)) {
            case Type.RecordOf record -> record;
            case Basic.FILE -> FILE;
            // Default: nothing else has fields.
            default -> null;
        };
    }

    /// A field of a record by its name, or null.
    static Type.@Nullable Field field(Type.RecordOf record, String name) {
        for (Type.Field field : record.fields()) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /// The type that reading the field gives.
    static Type read(Type.Field field) {
        return field.optional() ? union(field.type(), Basic.UNDEFINED) : field.type();
    }

    /// Whether a value could be of both, so that comparing them makes sense.
    boolean overlap(Type a, Type b) {
        var right = members(b);
        return members(a).stream().anyMatch(left -> right.stream().anyMatch(other -> memberOverlap(left, other)));
    }

    private boolean memberOverlap(Type a, Type b) {
        if (isOpen(a) || isOpen(b)) {
            return true;
        }
        if (a instanceof Literal && b instanceof Literal) {
            return a.equals(b);
        }
        return Objects.equals(kind(a), kind(b));
    }

    private static boolean isOpen(Type member) {
        return member == Basic.JSON || member == Basic.UNKNOWN;
    }

    /// What JavaScript's `typeof` says of it, `null` of null and the empty word where it cannot be told.
    String kind(Type member) {
        return switch (resolve(member)) {
            case Basic.STRING, Basic.DATETIME -> "string";
            case Basic.NUMBER, Basic.INT, Basic.DURATION -> "number";
            case Basic.BOOLEAN -> "boolean";
            case Basic.NULL -> "null";
            case Basic.UNDEFINED -> "undefined";
            case Basic.JSON, Basic.UNKNOWN, Basic.NEVER -> "";
            case Basic basic -> basic.word();
            case Literal literal -> kind(basicOf(literal));
            case Type.ListOf list -> "list";
            case Type.RecordOf record -> "record";
            case Type.MapOf map -> "record";
            case Type.Union union -> "";
            case Type.Named named -> "";
        };
    }

    /// The same with every field of every record optional: what expectations have to give. Types that name
    /// themselves are opened a few times only.
    Type partly(Type type) {
        return partly(type, field -> true, member -> member, 8, new int[] {2_000});
    }

    /// The same with the fields optional that may be empty (`{ [name]: T }`) or anything (`json`): what mocks have
    /// to give.
    ///
    /// @param also names of further fields that may be left out
    Type given(Type type, Set<String> also) {
        return partly(
                type, field -> also.contains(field.name()) || mayBeLeftOut(field), Types::orText, 8, new int[] {2_000});
    }

    /// The same with a text wherever a file is wanted: what tests give.
    Type told(Type type) {
        return partly(type, Type.Field::optional, Types::orText, 8, new int[] {2_000});
    }

    private static Type orText(Type member) {
        return member == Basic.FILE ? union(member, Basic.STRING) : member;
    }

    private boolean mayBeLeftOut(Type.Field field) {
        return switch (resolve(field.type())) {
            case Basic.JSON -> true;
            case Type.MapOf _ -> true;
            // Default: any other field is optional only where its type says so.
            default -> field.optional();
        };
    }

    private Type partly(Type type, Predicate<Type.Field> optional, UnaryOperator<Type> leaf, int depth, int[] left) {
        if (depth == 0 || left[0]-- <= 0) {
            return Basic.JSON;
        }
        return map(type, member -> switch (resolve(member)) {
            case Type.RecordOf(List<Type.Field> fields) ->
                new Type.RecordOf(fields.stream()
                        .map(field -> new Type.Field(
                                field.name(),
                                partly(field.type(), optional, leaf, depth - 1, left),
                                optional.test(field),
                                field.doc()))
                        .toList());
            case Type.ListOf(Type item) -> new Type.ListOf(partly(item, optional, leaf, depth - 1, left));
            // Default: any other type has no parts that could be left out.
            default -> leaf.apply(member);
        });
    }
}
