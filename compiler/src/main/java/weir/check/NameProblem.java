package weir.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Diagnostic.Related;
import weir.source.Fix;
import weir.source.Location;
import weir.source.Severity;

/// Names that mean nothing, or too much.
public sealed interface NameProblem extends CheckProblem {
    /// @param what what was looked for (`name`, `type`, `policy` …)
    /// @param nearest the name that was probably meant
    /// @param advice what to do when there is no nearest
    record Unknown(
            Location at,
            String what,
            String name,
            @Nullable String nearest,
            @Nullable String advice) implements NameProblem {
        @Override
        public String code() {
            return what.equals("type") ? "W2002" : "W2001";
        }

        @Override
        public String message() {
            return "There is no %s `%s`%s"
                    .formatted(what, name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
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

    record Duplicate(Location at, String what, String name, Location earlier) implements NameProblem {
        @Override
        public String code() {
            return "W2003";
        }

        @Override
        public String message() {
            String article = "aeiou".indexOf(what.charAt(0)) < 0 ? "a" : "an";
            return "There is already %s %s `%s`.".formatted(article, what, name);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(earlier, "the first `%s`".formatted(name)));
        }
    }

    /// @param earlier where the outer name is made, null for what is built in
    record Shadowing(Location at, String name, @Nullable Location earlier) implements NameProblem {
        @Override
        public String code() {
            return "W2004";
        }

        @Override
        public String message() {
            return "`%s` already means something here, and names never change.".formatted(name);
        }

        @Override
        public String hint() {
            return "Choose another name.";
        }

        @Override
        public List<Related> related() {
            return earlier == null ? List.of() : List.of(new Related(earlier, "the outer `%s`".formatted(name)));
        }
    }

    /// @param name what is made in blocks that are over
    record OnlyInside(Location at, String name, List<Location> made, String where, String advice)
            implements NameProblem {
        public OnlyInside {
            made = List.copyOf(made);
        }

        OnlyInside(Location at, String name, Scope.Elsewhere.Inside inside) {
            this(at, name, all(inside), inside.where(), inside.advice());
        }

        private static List<Location> all(Scope.Elsewhere.Inside inside) {
            var made = new ArrayList<>(inside.others());
            made.add(inside.made());
            return made;
        }

        @Override
        public String code() {
            return "W2005";
        }

        @Override
        public String message() {
            return made.size() == 1
                    ? "`%s` exists only inside %s.".formatted(name, where)
                    : "Each `%s` exists only inside its own block.".formatted(name);
        }

        @Override
        public String hint() {
            return advice;
        }

        @Override
        public List<Related> related() {
            return made.stream().map(place -> new Related(place, "made here")).toList();
        }
    }

    record InSibling(Location at, String name, Location made) implements NameProblem {
        @Override
        public String code() {
            return "W2006";
        }

        @Override
        public String message() {
            return "`%s` is made in another branch, which runs at the same time.".formatted(name);
        }

        @Override
        public String hint() {
            return "Use it after the branches, or move this into the same branch.";
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(made, "made here"));
        }
    }

    record TooEarly(Location at, String name, Location made) implements NameProblem {
        @Override
        public String code() {
            return "W2007";
        }

        @Override
        public String message() {
            return "`%s` is used before it has a value.".formatted(name);
        }

        @Override
        public List<Related> related() {
            return List.of(new Related(made, "it gets its value here"));
        }
    }

    /// @param kind what it names, with a space behind it; empty for a value
    record Unused(Location at, String kind, String name, Fix fix) implements NameProblem {
        @Override
        public boolean isAbsence() {
            return true;
        }

        @Override
        public String code() {
            return "W2008";
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }

        @Override
        public String message() {
            return "Nothing uses %s`%s`.".formatted(kind.isEmpty() ? "" : "the " + kind, name);
        }

        @Override
        public List<Fix> fixes() {
            return List.of(fix);
        }
    }

    /// @param outside whether it may not be read, because it does not belong to the project
    record UnknownFile(Location at, String path, boolean outside) implements NameProblem {
        @Override
        public String code() {
            return "W2009";
        }

        @Override
        public String message() {
            return outside
                    ? "The file `%s` lies outside the project, so it is not read.".formatted(path)
                    : "There is no file `%s`.".formatted(path);
        }

        @Override
        public String hint() {
            return outside
                    ? "Paths are relative to this file and stay in its project: the folder with `.git`, or the one that"
                            + " the command runs in."
                    : "Paths are relative to this file.";
        }
    }

    /// @param available the versions or integrations that there are, as text
    record UnknownIntegration(
            Location at, String name, @Nullable String nearest, String available) implements NameProblem {
        @Override
        public String code() {
            return "W2010";
        }

        @Override
        public String message() {
            return "There is no integration `%s`%s"
                    .formatted(name, nearest == null ? "." : "; did you mean `%s`?".formatted(nearest));
        }

        @Override
        public String hint() {
            return available;
        }

        @Override
        public List<Fix> fixes() {
            return nearest == null ? List.of() : List.of(Fix.replace("Write " + nearest, at.span(), nearest));
        }
    }

    /// @param what `type`, `constant` or `policy`
    record NeedsItself(Location at, String what, String name) implements NameProblem {
        @Override
        public String code() {
            return "W2011";
        }

        @Override
        public String message() {
            return "The %s `%s` needs itself, so it never gets a value.".formatted(what, name);
        }
    }

    /// @param kind what it is instead (`a workflow`)
    record NotAValue(Location at, String name, String kind, String advice) implements NameProblem {
        @Override
        public String code() {
            return "W2012";
        }

        @Override
        public String message() {
            return "`%s` is %s, not a value.".formatted(name, kind);
        }

        @Override
        public String hint() {
            return advice;
        }
    }

    /// Something of JavaScript that expressions leave out.
    ///
    /// @param instead what to do in its place
    /// @param fixes what does it, the best first
    record LeftOut(Location at, String name, String instead, List<Fix> fixes) implements NameProblem {
        public LeftOut {
            fixes = List.copyOf(fixes);
        }

        @Override
        public String code() {
            return "W2013";
        }

        @Override
        public String message() {
            return "`%s` is not part of Weir's expressions.".formatted(name);
        }

        @Override
        public String hint() {
            return instead;
        }
    }
}
