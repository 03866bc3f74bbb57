package weir.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import weir.check.Fit.Cause;
import weir.model.Type;
import weir.model.Type.Basic;
import weir.model.Type.Field;
import weir.model.Type.Literal;

/// Decides [Fit]: structurally, covariantly, with recursive types taken on trust where they meet themselves again.
final class Fitting {
    private static final Fit PROVEN = new Fit.Proven();
    private static final Fit AT_RUN_TIME = new Fit.AtRunTime();
    /// Datetimes compare as texts, so only the one form that sorts by time is a datetime.
    private static final Pattern DATETIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    /// Types that name each other in more ways than this are looked at when the run gets there.
    private static final int PAIRS = 400;

    /// So many values of fields are tried one by one.
    private static final int ALTERNATIVES = 100;

    private final Types types;
    private int alternatives = ALTERNATIVES;
    /// What is known of pairs with names; one that is under way is taken on trust.
    private final Map<Pair, Fit> seen = new HashMap<>();

    private record Pair(Type from, Type to) {}

    private Fitting(Types types) {
        this.types = types;
    }

    static Fit fit(Types types, Type from, Type to) {
        return new Fitting(types).fit(from, to);
    }

    private Fit fit(Type from, Type to) {
        if (!(from instanceof Type.Named) && !(to instanceof Type.Named)) {
            return fitResolved(from, to);
        }
        var pair = new Pair(from, to);
        Fit known = seen.get(pair);
        if (known != null) {
            return known;
        }
        if (seen.size() > PAIRS) {
            return types.holdsSecret(from) ? not(from, to) : AT_RUN_TIME;
        }
        seen.put(pair, PROVEN);
        Fit fit = fitResolved(from, to);
        seen.put(pair, fit);
        return fit;
    }

    private Fit fitResolved(Type from, Type to) {
        Type source = types.resolve(from);
        Type target = types.resolve(to);
        if (source == Basic.UNKNOWN || target == Basic.UNKNOWN || source == Basic.NEVER || source.equals(target)) {
            return PROVEN;
        }
        if (source instanceof Type.Union) {
            return fitEvery(from, to);
        }
        if (target == Basic.JSON) {
            return fitJson(from);
        }
        if (target instanceof Type.Union) {
            return fitAny(from, to);
        }
        if (source == Basic.JSON) {
            return target == Basic.SECRET || target == Basic.AUTH ? not(from, to) : AT_RUN_TIME;
        }
        return fitOne(source, target, from, to);
    }

    /// Every alternative has to fit. Null and undefined are named last: what else is wrong says more.
    private Fit fitEvery(Type from, Type to) {
        Fit result = PROVEN;
        Fit missing = PROVEN;
        for (Type member : types.members(from)) {
            Fit fit = fit(member, to);
            if (fit instanceof Fit.Not not
                    && not.cause() == Cause.MISSING
                    && not.path().isEmpty()) {
                missing = fit;
            } else if (fit instanceof Fit.Not not) {
                return not.path().isEmpty() && not.cause() == Cause.OTHER
                        ? new Fit.Not(List.of(), from, to, Cause.OTHER, "")
                        : not;
            } else {
                result = weaker(result, fit);
            }
        }
        return missing.fits() ? result : missing;
    }

    private Fit fitAny(Type from, Type to) {
        Fit best = not(from, to);
        Fit nearest = best;
        int sameKind = 0;
        for (Type member : types.members(to)) {
            Fit fit = fit(from, member);
            if (fit instanceof Fit.Proven) {
                return fit;
            }
            if (fit instanceof Fit.AtRunTime) {
                best = fit;
            } else if (types.kind(from).equals(types.kind(member))) {
                nearest = fit;
                sameKind++;
            }
        }
        Fit apart = best.fits() ? best : fitApart(from, to);
        if (apart.fits()) {
            return apart;
        }
        boolean saysMore = nearest instanceof Fit.Not not && (!not.path().isEmpty() || not.cause() != Cause.OTHER);
        return sameKind == 1 && saysMore ? nearest : best;
    }

    /// A record whose field may have several values fits when it fits with each of them:
    /// `{ kind: "a" | "b" }` is a `{ kind: "a" } | { kind: "b" }`.
    private Fit fitApart(Type from, Type to) {
        if (types.resolve(from) instanceof Type.RecordOf(List<Field> fields)) {
            for (Field field : fields) {
                var values = types.resolve(field.type()) == Basic.BOOLEAN
                        ? List.<Type>of(new Literal.Truth(true), new Literal.Truth(false))
                        : types.members(field.type());
                if (values.size() > 1
                        && values.stream().allMatch(Literal.class::isInstance)
                        && (alternatives -= values.size()) >= 0) {
                    return every(values, value -> fit(with(fields, field, value), to));
                }
            }
        }
        return not(from, to);
    }

    private static Type with(List<Field> fields, Field told, Type value) {
        return new Type.RecordOf(fields.stream()
                .map(field ->
                        field.equals(told) ? new Field(field.name(), value, field.optional(), field.doc()) : field)
                .toList());
    }

    /// Everything is JSON that holds no secret.
    private Fit fitJson(Type from) {
        return switch (types.resolve(from)) {
            case Basic.SECRET, Basic.AUTH -> new Fit.Not(List.of(), from, Basic.JSON, Cause.SECRET, "");
            case Type.ListOf(Type item) -> within("[]", fit(item, Basic.JSON));
            case Type.MapOf(Type value) -> within("[name]", fit(value, Basic.JSON));
            case Type.RecordOf(List<Field> fields) ->
                every(fields, field -> within(field.name(), fit(field.type(), Basic.JSON)));
            // Default: every other type holds no secret.
            default -> PROVEN;
        };
    }

    private Fit fitOne(Type source, Type target, Type from, Type to) {
        return switch (target) {
            case Basic basic -> fitBasic(source, basic) ? PROVEN : not(from, to);
            case Type.ListOf(Type wanted)
            when source instanceof Type.ListOf(Type item) -> within("[]", fit(item, wanted));
            case Type.MapOf(Type wanted)
            when source instanceof Type.MapOf(Type value) -> within("[name]", fit(value, wanted));
            case Type.MapOf(Type wanted)
            when source instanceof Type.RecordOf(List<Field> fields) ->
                every(fields, field -> within(field.name(), fit(field.type(), wanted)));
            case Type.RecordOf(List<Field> wanted)
            when source instanceof Type.RecordOf record -> {
                Fit fit = every(wanted, field -> fitField(record, field, from, to));
                yield fit.fits() ? weaker(fit, every(record.fields(), field -> fitFurther(field, wanted))) : fit;
            }
            case Type.RecordOf(List<Field> wanted)
            when source instanceof Type.MapOf(Type value) ->
                types.holdsSecret(value)
                        ? new Fit.Not(List.of(), value, Basic.JSON, Cause.SECRET, "")
                        : every(
                                wanted,
                                field -> field.optional()
                                        ? within(field.name(), fit(value, field.type()))
                                        : lacks(from, to, field));
            // Default: no other pair fits.
            default -> not(from, to);
        };
    }

    /// A field that nobody asked for may stay, unless it would carry a secret out of sight.
    private Fit fitFurther(Field field, List<Field> wanted) {
        boolean asked = wanted.stream().anyMatch(one -> one.name().equals(field.name()));
        return asked || !types.holdsSecret(field.type())
                ? PROVEN
                : new Fit.Not(List.of(field.name()), field.type(), Basic.JSON, Cause.SECRET, "");
    }

    private Fit fitField(Type.RecordOf record, Field wanted, Type from, Type to) {
        Field field = Types.field(record, wanted.name());
        boolean mayLack = wanted.optional() || types.members(wanted.type()).contains(Basic.UNDEFINED);
        if (field == null) {
            return mayLack ? PROVEN : lacks(from, to, wanted);
        }
        if (field.optional() && !mayLack && types.resolve(wanted.type()) != Basic.JSON) {
            return new Fit.Not(List.of(wanted.name()), Basic.UNDEFINED, wanted.type(), Cause.MISSING, "");
        }
        Type given = mayLack ? types.only(field.type(), member -> member != Basic.UNDEFINED) : field.type();
        return within(wanted.name(), fit(given, wanted.type()));
    }

    private static boolean fitBasic(Type source, Basic target) {
        return switch (target) {
            case STRING -> source == Basic.DATETIME || source instanceof Literal.Text;
            case NUMBER -> source == Basic.INT || source == Basic.DURATION || source instanceof Literal.Numeric;
            case INT -> source instanceof Literal.Numeric(double value) && Types.isWhole(value);
            case BOOLEAN -> source instanceof Literal.Truth;
            case DATETIME ->
                source instanceof Literal.Text(String text)
                        && DATETIME.matcher(text).matches();
            // Only the constant zero is a duration without a unit.
            case DURATION -> source instanceof Literal.Numeric(double value) && value == 0;
            case JSON, FILE, SECRET, AUTH, NULL, UNDEFINED, NEVER, UNKNOWN -> false;
        };
    }

    private static <T> Fit every(List<T> parts, Function<T, Fit> each) {
        Fit result = PROVEN;
        for (T part : parts) {
            result = weaker(result, each.apply(part));
            if (!result.fits()) {
                return result;
            }
        }
        return result;
    }

    private static Fit within(String step, Fit fit) {
        return fit instanceof Fit.Not not ? not.inside(step) : fit;
    }

    private static Fit weaker(Fit a, Fit b) {
        return b instanceof Fit.Proven ? a : b;
    }

    private static Fit lacks(Type from, Type to, Field field) {
        return new Fit.Not(List.of(), from, to, Cause.LACKS_FIELD, field.name());
    }

    private Fit not(Type from, Type to) {
        Type source = types.resolve(from);
        boolean secret = source == Basic.SECRET || source == Basic.AUTH;
        boolean takesSecrets =
                types.members(to).contains(Basic.SECRET) || types.members(to).contains(Basic.AUTH);
        Cause cause = Types.isMissing(source) ? Cause.MISSING : secret && !takesSecrets ? Cause.SECRET : Cause.OTHER;
        return new Fit.Not(List.of(), from, to, cause, "");
    }
}
