package weir.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;

/// What cannot work in an `integration` block.
public sealed interface IntegrationProblem extends CheckProblem {
    record UnknownMethod(
            Location at, String method, @Nullable String nearest) implements IntegrationProblem {
        @Override
        public String code() {
            return "W3001";
        }

        @Override
        public String message() {
            return "`%s` is no method of HTTP%s"
                    .formatted(method, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return "A request begins with `GET`, `POST`, `PUT`, `PATCH`, `DELETE` or `HEAD`.";
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    record NoBase(Location at, String integration) implements IntegrationProblem {
        @Override
        public String code() {
            return "W3002";
        }

        @Override
        public String message() {
            return "This is a path, but `%s` does not say what it stands behind.".formatted(integration);
        }

        @Override
        public String hint() {
            return "Add `base \"https://api.example.com\"` to the integration, or write the whole URL.";
        }
    }

    /// @param what `auth` or `pages by`
    /// @param kinds those that there are, as a sentence
    record UnknownKind(
            Location at, String what, String kind, @Nullable String nearest, String kinds)
            implements IntegrationProblem {
        @Override
        public String code() {
            return "W3003";
        }

        @Override
        public String message() {
            return "There is no `%s %s`%s"
                    .formatted(what, kind, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return kinds;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// @param what what is wrong, as a sentence
    record BadPart(Location at, String what, @Nullable String next) implements IntegrationProblem {
        @Override
        public String code() {
            return "W3004";
        }

        @Override
        public String message() {
            return what;
        }

        @Override
        public @Nullable String hint() {
            return next;
        }
    }

    /// SQL that a value of the run is put into.
    record ValueInSql(Location at) implements IntegrationProblem {
        @Override
        public String code() {
            return "W3007";
        }

        @Override
        public String message() {
            return "A value stands in the SQL, where it could become a part of the statement.";
        }

        @Override
        public String hint() {
            return "Write `:name` in its place, and give it in `params: { name: … }`.";
        }
    }

    /// @param what `action create` or `base`
    record Twice(Location at, String what, Location earlier) implements IntegrationProblem {
        @Override
        public String code() {
            return "W3005";
        }

        @Override
        public String message() {
            return "The integration already has `%s`.".formatted(what);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(earlier, "here"));
        }
    }
}
