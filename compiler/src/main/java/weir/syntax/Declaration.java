package weir.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.source.Span;
import weir.syntax.Tree.Argument;
import weir.syntax.Tree.Block;
import weir.syntax.Tree.Call;
import weir.syntax.Tree.Fence;
import weir.syntax.Tree.Name;
import weir.syntax.Tree.Parameter;
import weir.syntax.Tree.Path;
import weir.syntax.Tree.Policy;

/// What stands at the left edge of a file. `doc` is the text of the `///` lines above it without the marks, empty if
/// none.
public sealed interface Declaration {
    Span span();

    record UseFile(String path, Span pathSpan, Span span) implements Declaration {}

    /// @param version as written (`2`, `1.4`), or null
    record UseIntegration(
            Name integration,
            @Nullable String version,
            @Nullable Name alias,
            Span span) implements Declaration {}

    record TypeDeclaration(Name name, TypeExpression type, String doc, Span span) implements Declaration {}

    record Constant(Name name, @Nullable TypeExpression type, Expression value, String doc, Span span)
            implements Declaration {}

    record Settings(List<Setting> settings, String doc, Span span) implements Declaration {
        public Settings {
            settings = List.copyOf(settings);
        }
    }

    record Setting(
            Name name,
            boolean optional,
            TypeExpression type,
            @Nullable Expression standard,
            String doc,
            Span span) {}

    record Function(
            Name name, List<Parameter> parameters, TypeExpression result, FunctionBody body, String doc, Span span)
            implements Declaration {
        public Function {
            parameters = List.copyOf(parameters);
        }
    }

    sealed interface FunctionBody {
        record Of(Expression expression) implements FunctionBody {}

        record Script(Fence fence) implements FunctionBody {}
    }

    record PolicyDeclaration(Name name, List<Policy> policies, String doc, Span span) implements Declaration {
        public PolicyDeclaration {
            policies = List.copyOf(policies);
        }
    }

    /// @param policy `unique`, `first` or `all`, or null when left out
    record Rules(
            Name name,
            List<Parameter> parameters,
            TypeExpression result,
            @Nullable Name policy,
            RulesBody body,
            String doc,
            Span span)
            implements Declaration {
        public Rules {
            parameters = List.copyOf(parameters);
        }
    }

    sealed interface RulesBody {
        /// A table: inputs left of `||`, outputs right of it.
        record Table(List<Path> inputs, List<Name> outputs, List<Row> rows) implements RulesBody {
            public Table {
                inputs = List.copyOf(inputs);
                outputs = List.copyOf(outputs);
                rows = List.copyOf(rows);
            }
        }

        record Sentences(List<When> whens, @Nullable Expression otherwise) implements RulesBody {
            public Sentences {
                whens = List.copyOf(whens);
            }
        }
    }

    /// A row; `cells` is empty for the `else` row.
    record Row(
            boolean otherwise,
            List<Cell> cells,
            List<Expression> outputs,
            @Nullable Validity validity,
            Span span) {
        public Row {
            cells = List.copyOf(cells);
            outputs = List.copyOf(outputs);
        }
    }

    record Validity(@Nullable Expression from, @Nullable Expression until, Span span) {}

    record When(Expression condition, Expression result, Span span) {}

    sealed interface Cell {
        Span span();

        record Any(Span span) implements Cell {}

        /// @param negated `not` before the whole cell
        record Tests(boolean negated, List<CellTest> tests, Span span) implements Cell {
            public Tests {
                tests = List.copyOf(tests);
            }
        }
    }

    sealed interface CellTest {
        Span span();

        /// A value to be equal to; a parenthesised expression stands here too and is a condition if it is
        /// boolean over the inputs.
        record Value(Expression value, Span span) implements CellTest {}

        /// @param operator `< <= > >=`
        record Compare(String operator, Expression value, Span span) implements CellTest {}

        /// @param closed `..` includes the upper end, `..<` does not
        record Range(Expression from, Expression to, boolean closed, Span span) implements CellTest {}
    }

    /// @param body statements; heads come before them
    record Workflow(
            Name name,
            List<Parameter> parameters,
            @Nullable TypeExpression result,
            List<Head> heads,
            Block body,
            String doc,
            Span span)
            implements Declaration {
        public Workflow {
            parameters = List.copyOf(parameters);
            heads = List.copyOf(heads);
        }
    }

    /// A trigger or setting of a workflow.
    sealed interface Head {
        Span span();

        /// @param with the object literal of `with`, or null
        record Trigger(
                Path kind,
                List<Argument> arguments,
                @Nullable Expression when,
                Expression.@Nullable ObjectLiteral with,
                Span span)
                implements Head {
            public Trigger {
                arguments = List.copyOf(arguments);
            }
        }

        /// @param level `low normal high critical`
        record Priority(Name level, Span span) implements Head {}

        record Once(Expression key, @Nullable Expression within, boolean orAfterFailure, Span span) implements Head {}

        /// @param otherwise `skip` or `replace`, or null: the others wait
        record AtMost(
                Expression count,
                @Nullable Expression per,
                @Nullable Name otherwise,
                Span span) implements Head {}

        record Timeout(Expression duration, Span span) implements Head {}

        record OnFailure(Block block, Span span) implements Head {}
    }

    record Integration(Name name, String version, List<Part> parts, String doc, Span span) implements Declaration {
        public Integration {
            parts = List.copyOf(parts);
        }
    }

    sealed interface Part {
        Span span();

        record Title(Expression text, Span span) implements Part {}

        record Base(Expression url, Span span) implements Part {}

        record Auth(Call call, Span span) implements Part {}

        record Limits(List<Limit> limits, Span span) implements Part {}

        record Action(
                boolean idempotent,
                Name name,
                List<Parameter> parameters,
                @Nullable TypeExpression result,
                Request request,
                String doc,
                Span span)
                implements Part {}

        record Trigger(
                Name name,
                List<Parameter> parameters,
                @Nullable TypeExpression result,
                TriggerSource source,
                @Nullable Request register,
                @Nullable Request unregister,
                Expression emit,
                String doc,
                Span span)
                implements Part {}
    }

    sealed interface Limit {
        Span span();

        record Rate(Expression count, Expression per, Span span) implements Limit {}

        record RetryOn(List<Expression> statuses, Span span) implements Limit {}
    }

    record Request(
            Name method,
            Expression url,
            @Nullable Expression query,
            @Nullable Expression headers,
            @Nullable Expression body,
            @Nullable Paging paging,
            List<FailsWhen> fails,
            @Nullable Expression gives,
            Span span) {
        public Request {
            fails = List.copyOf(fails);
        }
    }

    record Paging(Name kind, List<Argument> arguments, Span span) {}

    record FailsWhen(Expression condition, Expression message, Span span) {}

    sealed interface TriggerSource {
        Span span();

        record Webhook(Call verify, @Nullable Expression accept, Span span) implements TriggerSource {}

        record Poll(Request request, Expression every, Span span) implements TriggerSource {}
    }

    record Test(String title, Span titleSpan, List<TestPart> parts, Span span) implements Declaration {
        public Test {
            parts = List.copyOf(parts);
        }
    }

    sealed interface TestPart {
        Span span();

        /// @param answers the calls get one after the other
        record Mock(TestTarget target, @Nullable Expression when, List<Answer> answers, Span span) implements TestPart {
            public Mock {
                answers = List.copyOf(answers);
            }
        }

        record After(
                Expression delay,
                Expression event,
                @Nullable Expression payload,
                Span span) implements TestPart {}

        /// What the environment gives to `settings` in this test.
        record Settings(Expression.ObjectLiteral values, Span span) implements TestPart {}

        record Run(Call call, Span span) implements TestPart {}

        record Expect(Expression condition, Span span) implements TestPart {}

        record ExpectCalled(TestTarget target, Expression times, Expression.@Nullable ObjectLiteral with, Span span)
                implements TestPart {}

        record ExpectNever(TestTarget target, Span span) implements TestPart {}

        /// @param message what the failure's message must contain, or null
        record ExpectFailure(@Nullable Expression message, Span span) implements TestPart {}
    }

    /// What so many calls get; the last answer of a mock that does not say how many is for all that follow.
    sealed interface Answer {
        /// How many calls get it; null: one, or as the last one all.
        @Nullable
        Integer times();

        record Returns(Expression value, @Nullable Integer times) implements Answer {}

        /// @param with `message`, `status` and `body` of the error, or null
        record Fails(
                String code,
                Expression.@Nullable ObjectLiteral with,
                @Nullable Integer times) implements Answer {}
    }

    sealed interface TestTarget {
        Span span();

        record Step(Name name, Span span) implements TestTarget {}

        record Ask(Span span) implements TestTarget {}

        record WaitFor(Expression event, Span span) implements TestTarget {}

        record Emit(Expression event, Span span) implements TestTarget {}

        /// An action (`http.get`) or a workflow.
        record Callee(Path path, Span span) implements TestTarget {}
    }

    /// A declaration that could not be read at all; it was already reported.
    record Broken(Span span) implements Declaration {}
}
