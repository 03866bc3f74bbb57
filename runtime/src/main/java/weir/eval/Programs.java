package weir.eval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import weir.graph.Expr;
import weir.graph.Library;
import weir.graph.SandboxReason;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;
import weir.value.RecordValue;
import weir.value.Value;

/// Compiles the expressions of one graph. Shared between threads; so are the programs.
public final class Programs {
    private static final System.Logger LOG = System.getLogger(Programs.class.getName());

    private final Library library;
    private final Scripts scripts;
    private final Map<String, Supplier<Value>> constants = new HashMap<>();
    private final Map<String, FunctionCode> functions = new HashMap<>();
    private final Map<String, Supplier<RuleProgram>> rules = new HashMap<>();
    private final Supplier<Value> settings;
    private final @Nullable Probe probe;

    /// @param settings what the environment gives; what it leaves out has its standard value
    /// @param scripts where JavaScript runs that is not compiled here
    public Programs(Library library, RecordValue settings, Scripts scripts) {
        this(library, settings, scripts, null);
    }

    /// @param probe hears what is evaluated, or null
    public Programs(Library library, RecordValue settings, Scripts scripts, @Nullable Probe probe) {
        this.library = library;
        this.scripts = scripts;
        this.probe = probe;
        this.settings = Lazy.of(() -> completed(settings));
        for (var constant : library.constants()) {
            constants.put(constant.name(), Lazy.of(() -> computed(constant.value())));
        }
        for (var function : library.functions()) {
            functions.put(function.name(), new FunctionCode(this, function));
        }
        for (var set : library.rules()) {
            rules.put(set.name(), Lazy.of(() -> RuleCompiler.compile(set, this)));
        }
    }

    /// Never fails: what cannot be compiled fails when it runs.
    ///
    /// @param scope where the names of the run live; names that are declared later are not seen
    public Program compile(Expr expr, Scope scope) {
        var unit = new Unit();
        var code = code(expr, null, scope, unit, probe);
        return new Compiled(unit, probe == null ? code : new Probed(code, probe));
    }

    private record Compiled(Unit unit, Code code) implements Program {
        @Override
        public Value run(Frame frame, Evaluation evaluation) {
            try {
                var value = code.start(frame, evaluation, unit);
                Extent.require(value, evaluation, code.at);
                return value;
            } catch (StackOverflowError e) {
                throw tooDeep(code.at);
            } catch (Failure failure) {
                throw failure.at(code.at);
            } catch (NullPointerException | ClassCastException | IndexOutOfBoundsException mistake) {
                throw ofOurs(mistake, code.at);
            }
        }

        @Override
        public boolean isNative() {
            return !(FitCode.inner(code) instanceof ScriptCode);
        }
    }

    /// A mistake in Weir fails the expression, and not whoever works on the run again and again.
    private static EvaluationError ofOurs(RuntimeException mistake, Span at) {
        LOG.log(
                System.Logger.Level.ERROR,
                "an expression could not be evaluated because of a mistake in Weir",
                mistake);
        return new EvaluationError(
                "internal_error",
                "this expression could not be evaluated because of a mistake in Weir; the log says more",
                at);
    }

    static EvaluationError tooDeep(Span at) {
        return new EvaluationError("limit_depth", "this expression, or a value in it, is nested too deep", at);
    }

    /// The value of a constant of the file.
    ///
    /// @throws EvaluationError when its expression fails
    public Value constant(String name) {
        return Objects.requireNonNull(constants.get(name), name).get();
    }

    /// The settings, with standard values where the environment gives none.
    ///
    /// @throws EvaluationError when the expression of a standard value fails
    public RecordValue settings() {
        return (RecordValue) settings.get();
    }

    /// What of the settings that the file declares the environment leaves out, or gives in another type.
    public List<Fitted.Misfit> unfitSettings() {
        var declared = new Type.RecordOf(library.settings().stream()
                .map(one -> new Type.Field(one.name(), one.type(), one.optional(), ""))
                .toList());
        return Fitting.fit(settings(), declared, library, "settings").misfits();
    }

    /// A fresh evaluation with the budget that expressions have here.
    public Evaluation evaluation(Draws draws) {
        return new Evaluation(draws, scripts.budget());
    }

    /// Calls a function of the file.
    ///
    /// @throws EvaluationError when it fails
    public Value call(String function, List<Value> arguments, Evaluation evaluation) {
        var code = function(function);
        try {
            var value = code.call(arguments.toArray(Value[]::new), evaluation);
            Extent.require(value, evaluation, Span.NONE);
            return value;
        } catch (StackOverflowError e) {
            throw tooDeep(Span.NONE);
        } catch (Failure failure) {
            throw failure.at(Span.NONE);
        } catch (NullPointerException | ClassCastException | IndexOutOfBoundsException mistake) {
            throw ofOurs(mistake, Span.NONE);
        }
    }

    /// A rule set of the file.
    public RuleProgram rules(String name) {
        return Objects.requireNonNull(rules.get(name), name).get();
    }

    /// What a rule set of the file takes.
    List<Parameter> parameters(String rules) {
        return library.rules().stream()
                .filter(set -> set.name().equals(rules))
                .findFirst()
                .orElseThrow()
                .parameters();
    }

    Library library() {
        return library;
    }

    Scripts scripts() {
        return scripts;
    }

    FunctionCode function(String name) {
        return Objects.requireNonNull(functions.get(name), name);
    }

    /// The code of a whole expression, native or not.
    Code code(Expr expr, @Nullable Names names, @Nullable Scope scope, Unit unit) {
        return code(expr, names, scope, unit, null);
    }

    /// The code of a function of the file.
    Code code(Expr expr, @Nullable Names names, Unit unit, String function) {
        boolean watched = probe != null && probe.watches(function);
        return code(expr, names, null, unit, watched ? probe : null);
    }

    private Code code(Expr expr, @Nullable Names names, @Nullable Scope scope, Unit unit, @Nullable Probe probe) {
        if (expr instanceof Expr.Fits fits) {
            return fits(fits, code(fits.value(), names, scope, unit, probe));
        }
        var translation = new Translation(this, scope, unit, probe);
        if (SandboxReason.of(expr) != null) {
            return ScriptCode.of(expr, names, translation);
        }
        try {
            var code = translation.code(expr, names);
            if (!Tiered.isWorthwhile(code)) {
                return code;
            }
            var tiered = probe == null ? new Tiered(code) : code;
            return new ScriptCode.Guarded(tiered, () -> ScriptCode.of(expr, names, translation));
        } catch (NotNative reason) {
            return ScriptCode.of(expr, names, translation);
        }
    }

    Code fits(Expr.Fits fits, Code value) {
        return new FitCode(value, fits.type(), fits.name(), library);
    }

    Code apply(String name, List<Code> arguments, Span at) {
        var function = functions.get(name);
        return function == null
                ? new Calls.Fails("there is no function `" + name + "`", at)
                : new Calls.Apply(function, arguments, at);
    }

    Code decide(String name, List<Code> arguments, Span at) {
        return rules.containsKey(name)
                ? new Calls.Decide(() -> rules(name), arguments, at)
                : new Calls.Fails("there is no rule set `" + name + "`", at);
    }

    /// A name that is not of the run: a constant of the file, or `settings`.
    Code fileName(String name, Span at) {
        var constant = constants.get(name);
        if (constant != null) {
            return new Reads.Late(constant, at);
        }
        return name.equals("settings")
                ? new Reads.Late(settings, at)
                : new Calls.Fails("`" + name + "` is not known here", at);
    }

    private Value completed(RecordValue given) {
        var all = RecordValue.builder().putAll(given);
        for (var setting : library.settings()) {
            if (!given.has(setting.name()) && setting.standard() != null) {
                all.put(setting.name(), computed(setting.standard()));
            }
        }
        return all.build();
    }

    private Value computed(Expr expr) {
        var evaluation = evaluation(what -> {
            throw new EvaluationError("type_error", "a constant cannot draw values", expr.at());
        });
        var unit = new Unit();
        return new Compiled(unit, code(expr, null, new Scope(null), unit)).run(new Frame(null, 0), evaluation);
    }
}
