package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// Values that are not what is wanted.
public sealed interface TypeProblem extends CheckProblem {
    /// @param slot what takes the value (`the argument `url``)
    /// @param path where inside the value, empty for all of it
    /// @param from what it is
    /// @param to what is wanted
    record Mismatch(
            Location at,
            String slot,
            String path,
            String from,
            String to,
            @Nullable String advice,
            List<Fix> fixes) implements TypeProblem {
        public Mismatch {
            fixes = List.copyOf(fixes);
        }

        @Override
        public String code() {
            return "W2101";
        }

        @Override
        public String message() {
            return path.isEmpty()
                    ? "%s takes %s, but this is %s.".formatted(slot, to, from)
                    : "%s wants `%s` to be %s, but it is %s.".formatted(slot, path, to, from);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    /// @param owner the words for what was asked (`an order`, `a list`)
    record NoSuchField(
            Location at,
            String owner,
            String name,
            @Nullable String nearest,
            @Nullable String advice) implements TypeProblem {
        @Override
        public String code() {
            return "W2102";
        }

        @Override
        public String message() {
            return "%s has no `%s`%s"
                    .formatted(owner, name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public @Nullable String hint() {
            return nearest == null ? advice : null;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record FieldOfSome(
            Location at,
            String name,
            String without,
            @Nullable String discriminator) implements TypeProblem {
        @Override
        public String code() {
            return "W2103";
        }

        @Override
        public String message() {
            return "`%s` is not there when the value is %s.".formatted(name, without);
        }

        @Override
        public String hint() {
            return discriminator == null
                    ? "Test for it first: `\"%s\" in …`.".formatted(name)
                    : "Test `%s` first.".formatted(discriminator);
        }
    }

    record LacksField(
            Location at,
            String slot,
            String field,
            String type,
            @Nullable Fix fix) implements TypeProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2104";
        }

        @Override
        public String message() {
            return "%s needs the field `%s: %s`.".formatted(slot, field, type);
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    record UnknownField(
            Location at,
            String name,
            String fields,
            @Nullable String nearest) implements TypeProblem {
        @Override
        public String code() {
            return "W2105";
        }

        @Override
        public String message() {
            return "There is no field `%s` here%s"
                    .formatted(name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return fields;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record DuplicateField(Location at, String name) implements TypeProblem {
        @Override
        public String code() {
            return "W2106";
        }

        @Override
        public String message() {
            return "The field `%s` stands here twice.".formatted(name);
        }
    }

    record Operands(
            Location at,
            String operator,
            String left,
            String right,
            @Nullable String advice) implements TypeProblem {
        @Override
        public String code() {
            return "W2107";
        }

        @Override
        public String message() {
            return right.isEmpty()
                    ? "`%s` does not work with %s.".formatted(operator, left)
                    : "`%s` does not work between %s and %s.".formatted(operator, left, right);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    /// @param certain whether both are records or lists whatever happens
    record Identity(Location at, String operator, boolean certain, Fix fix) implements TypeProblem {
        @Override
        public String code() {
            return "W2116";
        }

        @Override
        public Severity severity() {
            return certain ? Severity.ERROR : Severity.WARNING;
        }

        @Override
        public String message() {
            return "`%s` compares which record or list it is, not what is in it.".formatted(operator);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(fix);
        }
    }

    /// @param always what the comparison always gives
    record NeverEqual(
            Location at,
            boolean always,
            String left,
            String right,
            @Nullable String advice,
            @Nullable Fix fix) implements TypeProblem {
        @Override
        public String code() {
            return "W2108";
        }

        @Override
        public String message() {
            return "This is always %s: %s never equals %s.".formatted(always, left, right);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }

        @Override
        public List<Fix> fixes() {
            return fix == null ? List.of() : List.of(fix);
        }
    }

    record RecordInText(Location at, String what) implements TypeProblem {
        @Override
        public String code() {
            return "W2109";
        }

        @Override
        public String message() {
            return "In a text %s reads `[object Object]`.".formatted(what);
        }

        @Override
        public String hint() {
            return "Name one of its fields, or write `JSON.stringify(…)`.";
        }
    }

    record NotAList(
            Location at, String what, String from, @Nullable String advice) implements TypeProblem {
        @Override
        public String code() {
            return "W2110";
        }

        @Override
        public String message() {
            return "%s takes a list, but this is %s.".formatted(what, from);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    record NotCallable(Location at, String what, @Nullable String advice) implements TypeProblem {
        @Override
        public String code() {
            return "W2111";
        }

        @Override
        public String message() {
            return "%s cannot be called.".formatted(what);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }

    record NotCalled(Location at, String name) implements TypeProblem {
        @Override
        public String code() {
            return "W2112";
        }

        @Override
        public String message() {
            return "`%s` is something to call, not a value.".formatted(name);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(Fix.insert("Call it", at.span().end(), "()"));
        }
    }

    record MisplacedArrow(Location at) implements TypeProblem {
        @Override
        public String code() {
            return "W2113";
        }

        @Override
        public String message() {
            return "An arrow can only be given to something that calls it, such as `map` or `filter`.";
        }

        @Override
        public String hint() {
            return "To name a calculation, declare it: `function name(a: number) -> number = …`.";
        }
    }

    /// @param slot the clause (`when`)
    record NoCondition(Location at, String slot, String from) implements TypeProblem {
        @Override
        public String code() {
            return "W2114";
        }

        @Override
        public String message() {
            return "%s takes a yes or no, but this is %s.".formatted(slot, from);
        }

        @Override
        public String hint() {
            return "Compare it with something: `… > 0`.";
        }
    }

    /// @param what what counts as true whatever is in it
    record AlwaysHolds(Location at, String what, @Nullable String advice) implements TypeProblem {
        @Override
        public String code() {
            return "W2115";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "This always holds: %s counts as true, whatever is in it.".formatted(what);
        }

        @Override
        public @Nullable String hint() {
            return advice;
        }
    }
}
