package weir.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import weir.eval.Fitted.Misfit;
import weir.graph.Library;
import weir.model.Type;
import weir.value.BooleanValue;
import weir.value.ListValue;
import weir.value.NullValue;
import weir.value.NumberValue;
import weir.value.Path;
import weir.value.RecordValue;
import weir.value.SecretValue;
import weir.value.StringValue;
import weir.value.UndefinedValue;
import weir.value.Value;

/// Holds values that come from outside against types: inputs of runs, results of actions, `let n: T = …`.
///
/// Fields that a record type does not know are left out, datetimes are brought into their one form, nothing else is
/// converted: a number in quotes is no number. Of a union, the fitting member that leaves out the fewest fields counts.
public final class Fitting {
    /// More are not reported.
    public static final int MAX_MISFITS = 20;

    private final Library library;
    /// Tries inside other tries: without it, recursive unions would take exponential time.
    private final Map<Try, Attempt> known;
    private int nesting;
    private final List<Misfit> misfits = new ArrayList<>();
    private int left;
    private Object[] trail = new Object[16];
    private int depth;

    /// Whether what is fitted comes from outside.
    private final boolean outside;

    private Fitting(Library library, Map<Try, Attempt> known, boolean outside) {
        this.outside = outside;
        this.library = library;
        this.known = known;
    }

    public static Fitted fit(Value value, Type type, Library library) {
        return fit(value, type, library, "");
    }

    /// What comes from outside is kept as it comes, so that nothing in it is a secret: no text fits the type
    /// `secret`.
    public static Fitted fitFromOutside(Value value, Type type, Library library) {
        var fitting = new Fitting(library, new HashMap<>(), true);
        var fitted = fitting.fit(value, type);
        return new Fitted(fitted, fitting.misfits);
    }

    /// @param name what misfits call the value
    public static Fitted fit(Value value, Type type, Library library, String name) {
        var fitting = new Fitting(library, new HashMap<>(), false);
        if (!name.isEmpty()) {
            fitting.enter(name);
        }
        var fitted = fitting.fit(value, type);
        return new Fitted(fitted, fitting.misfits);
    }

    private Value fit(Value value, Type type) {
        return switch (type) {
            case Type.Basic basic -> basic(value, basic);
            case Type.Literal literal -> literalFits(value, literal) ? value : refuse(value, type);
            case Type.ListOf(Type item) -> value instanceof ListValue list ? list(list, item) : refuse(value, type);
            case Type.RecordOf known ->
                value instanceof RecordValue record ? record(record, known) : refuse(value, type);
            case Type.MapOf(Type each) -> value instanceof RecordValue record ? map(record, each) : refuse(value, type);
            case Type.Union union -> union(value, union);
            case Type.Named named -> fit(value, declared(named));
        };
    }

    private Type declared(Type.Named named) {
        Type type = named;
        for (int i = 0; type instanceof Type.Named(String name); i++) {
            var next = library.types().get(name);
            if (next == null || i > library.types().size()) {
                throw new IllegalArgumentException("the type " + named.name() + " is not declared");
            }
            type = next;
        }
        return type;
    }

    private Value basic(Value value, Type.Basic type) {
        if (type == Type.Basic.DATETIME && value instanceof StringValue(String text)) {
            return datetime(text, value);
        }
        if (type == Type.Basic.SECRET && outside && !(value instanceof SecretValue)) {
            return report(
                    value,
                    "a secret cannot come from outside, where it would be kept in plain text; use `secret(\"NAME\")` in the"
                            + " workflow, or give it from the workflow that starts this one");
        }
        return basicFits(value, type) ? value : refuse(value, type);
    }

    private static boolean basicFits(Value value, Type.Basic type) {
        return switch (type) {
            case STRING -> value instanceof StringValue;
            case NUMBER, DURATION -> value instanceof NumberValue;
            case INT -> value instanceof NumberValue(double number) && isWhole(number);
            case BOOLEAN -> value instanceof BooleanValue;
            case JSON -> !(value instanceof SecretValue) && value != UndefinedValue.UNDEFINED;
            case FILE, AUTH -> value instanceof RecordValue;
            case SECRET -> value instanceof SecretValue || value instanceof StringValue;
            case NULL -> value == NullValue.NULL;
            case UNDEFINED -> value == UndefinedValue.UNDEFINED;
            case DATETIME, NEVER -> false;
            case UNKNOWN -> true;
        };
    }

    /// Whether the value has the type, and nothing is to be done to it. False may also mean that it has to be
    /// looked at more closely.
    static boolean isPlain(Value value, Type.Basic type) {
        return type != Type.Basic.DATETIME && basicFits(value, type);
    }

    static boolean isWhole(double number) {
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    private Value datetime(String text, Value value) {
        var time = Datetimes.parse(text);
        if (time != null) {
            return Datetimes.isNormal(text) ? value : new StringValue(Datetimes.text(time));
        }
        boolean lacksZone = Datetimes.parse(text + "Z") != null;
        return report(
                value,
                "expected datetime, got text " + Shown.quoted(text)
                        + (lacksZone
                                ? ", which does not say its zone: put `Z` or an offset behind it"
                                : " (write it like 2026-01-31T08:00:00.000Z)"));
    }

    private static boolean literalFits(Value value, Type.Literal literal) {
        return switch (literal) {
            case Type.Literal.Text(String text) -> value instanceof StringValue(String given) && given.equals(text);
            case Type.Literal.Numeric(double number) -> value instanceof NumberValue(double given) && given == number;
            case Type.Literal.Truth(boolean truth) -> value instanceof BooleanValue given && given.isTrue() == truth;
        };
    }

    private Value list(ListValue list, Type item) {
        @Nullable Value[] changed = null;
        for (int i = 0; i < list.size(); i++) {
            var given = list.get(i);
            enter(i);
            var fitted = fit(given, item);
            leave();
            if (!fitted.isIdentical(given) && changed == null) {
                changed = new Value[list.size()];
                for (int k = 0; k < i; k++) {
                    changed[k] = list.get(k);
                }
            }
            if (changed != null) {
                changed[i] = fitted;
            }
        }
        return changed == null ? list : ListValue.owning(changed);
    }

    private Value map(RecordValue record, Type each) {
        boolean same = true;
        var fitted = new Value[record.size()];
        for (int i = 0; i < fitted.length; i++) {
            enter(record.nameAt(i));
            fitted[i] = fit(record.valueAt(i), each);
            leave();
            same &= fitted[i].isIdentical(record.valueAt(i));
        }
        return same ? record : rebuilt(record, fitted);
    }

    private Value record(RecordValue record, Type.RecordOf type) {
        var fitted = new @Nullable Value[record.size()];
        boolean same = true;
        int taken = 0;
        for (var field : type.fields()) {
            int slot = record.shape().find(field.name());
            var given = slot < 0 ? UndefinedValue.UNDEFINED : record.valueAt(slot);
            if (given == UndefinedValue.UNDEFINED && field.optional()) {
                continue;
            }
            enter(field.name());
            var value = fit(given, field.type());
            leave();
            if (slot >= 0) {
                fitted[slot] = value;
                same &= value.isIdentical(given);
                taken++;
            }
        }
        left += record.size() - taken;
        return same && taken == record.size() ? record : rebuilt(record, fitted);
    }

    private static RecordValue rebuilt(RecordValue record, @Nullable Value[] fitted) {
        var builder = RecordValue.builder();
        for (int i = 0; i < fitted.length; i++) {
            var value = fitted[i];
            if (value != null) {
                builder.put(record.nameAt(i), value);
            }
        }
        return builder.build();
    }

    /// One try of a union's member.
    private record Attempt(Type type, Value value, int left, List<Misfit> misfits) {}

    private Value union(Value value, Type.Union union) {
        var failed = new ArrayList<Attempt>();
        @Nullable Attempt best = null;
        for (var member : union.members()) {
            var attempt = attempt(value, member instanceof Type.Named named ? declared(named) : member);
            if (!attempt.misfits.isEmpty()) {
                failed.add(attempt);
            } else if (best == null || attempt.left < best.left) {
                best = attempt;
            }
        }
        if (best != null) {
            left += best.left;
            return best.value;
        }
        var meant = meant(value, failed);
        if (meant == null) {
            return refuse(value, union);
        }
        meant.misfits.stream().limit(MAX_MISFITS - misfits.size()).forEach(misfits::add);
        return value;
    }

    /// That value against that type, both by identity.
    private record Try(Value value, Type type) {
        @Override
        @SuppressWarnings("ReferenceEquality") // Equal values are not the same try.
        public boolean equals(Object other) {
            return other instanceof Try same && same.value == value && same.type == type;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(value) * 31 + System.identityHashCode(type);
        }
    }

    private Attempt attempt(Value value, Type member) {
        if (nesting == 0 || !(value instanceof RecordValue || value instanceof ListValue)) {
            return tried(value, member);
        }
        var key = new Try(value, member);
        var earlier = known.get(key);
        if (earlier != null) {
            return earlier;
        }
        var attempt = tried(value, member);
        known.put(key, attempt);
        return attempt;
    }

    private Attempt tried(Value value, Type member) {
        var inner = new Fitting(library, known, outside);
        inner.trail = Arrays.copyOf(trail, trail.length);
        inner.depth = depth;
        inner.nesting = nesting + 1;
        var fitted = inner.fit(value, member);
        return new Attempt(member, fitted, inner.left, inner.misfits);
    }

    /// The member that a value which fits none was probably meant to be: the one with the same discriminating
    /// literals, or the only one of its kind. Its misfits say more than "expected A | B | C".
    private static @Nullable Attempt meant(Value value, List<Attempt> attempts) {
        var alike = attempts.stream()
                .filter(attempt -> isAlike(value, attempt.type))
                .toList();
        if (alike.size() > 1 && value instanceof RecordValue record) {
            alike = alike.stream()
                    .filter(attempt -> attempt.type instanceof Type.RecordOf type && literalsAgree(record, type))
                    .toList();
        }
        return alike.size() == 1 ? alike.getFirst() : null;
    }

    private static boolean isAlike(Value value, Type type) {
        return switch (value) {
            case RecordValue _ -> type instanceof Type.RecordOf || type instanceof Type.MapOf;
            case ListValue _ -> type instanceof Type.ListOf;
            case StringValue _ -> type == Type.Basic.DATETIME;
            case NullValue _, UndefinedValue _, BooleanValue _, NumberValue _, SecretValue _ -> false;
        };
    }

    private static boolean literalsAgree(RecordValue record, Type.RecordOf type) {
        boolean any = false;
        for (var field : type.fields()) {
            if (field.type() instanceof Type.Literal literal) {
                var given = record.get(field.name());
                if (given == null || !literalFits(given, literal)) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private Value refuse(Value value, Type type) {
        if (value == UndefinedValue.UNDEFINED) {
            return report(value, "is missing (expected " + Shown.type(type) + ")");
        }
        return report(value, "expected " + Shown.type(type) + ", got " + Shown.value(value));
    }

    private Value report(Value value, String message) {
        if (misfits.size() < MAX_MISFITS) {
            misfits.add(new Misfit(path(), message));
        }
        return value;
    }

    private String path() {
        var path = "";
        for (int i = 0; i < depth; i++) {
            path = trail[i] instanceof Integer index ? Path.item(path, index) : Path.member(path, (String) trail[i]);
        }
        return path;
    }

    private void enter(Object step) {
        if (depth == trail.length) {
            trail = Arrays.copyOf(trail, depth * 2);
        }
        trail[depth++] = step;
    }

    private void leave() {
        depth--;
    }
}
