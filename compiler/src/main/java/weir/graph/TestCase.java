package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Type;
import weir.source.Span;

/// A `test` block as data; run without network and in virtual time.
///
/// @param settings what takes the place of the environment's settings, as one record; null: nothing
public record TestCase(
        String title,
        @Nullable Expr settings,
        List<Mock> mocks,
        List<Event> events,
        @Nullable Run run,
        List<Expectation> expectations,
        Span at) {
    public TestCase {
        mocks = List.copyOf(mocks);
        events = List.copyOf(events);
        expectations = List.copyOf(expectations);
    }

    /// What a mock or an expectation is about.
    public sealed interface Target {
        /// A step by its name, wherever it stands.
        record Step(String name) implements Target {}

        record Ask() implements Target {}

        record WaitFor(Expr event) implements Target {}

        /// An event that the run tells others; only expected, never mocked.
        record Emit(Expr event) implements Target {}

        record Action(String integration, String action) implements Target {}

        record Workflow(String name) implements Target {}
    }

    /// @param when asked with `args` in scope; null: always
    /// @param answers the calls get one after the other
    /// @param result what an answer must fit when the workflow sees it, null: anything
    public record Mock(
            Target target,
            @Nullable Expr when,
            List<Answer> answers,
            @Nullable Type result,
            Span at) {
        public Mock {
            answers = List.copyOf(answers);
        }
    }

    /// What so many calls get.
    public sealed interface Answer {
        /// How many calls get it; null: one, or as the last one all.
        @Nullable
        Integer times();

        /// @param value with `args` in scope
        record Returns(Expr value, @Nullable Integer times) implements Answer {}

        /// @param with `{ message?, status?, body? }`, with `args` in scope; null: nothing but the code
        record Fails(
                String code, @Nullable Expr with, @Nullable Integer times) implements Answer {}
    }

    /// @param after virtual time since the start, in milliseconds
    public record Event(Expr after, Expr event, @Nullable Expr payload, Span at) {}

    public record Run(String workflow, List<Node.Argument> arguments, Span at) {
        public Run {
            arguments = List.copyOf(arguments);
        }
    }

    public sealed interface Expectation {
        Span at();

        /// `result`, and the names of the workflow's top level are in scope.
        record Holds(Expr condition, Span at) implements Expectation {}

        /// @param with what the arguments of the calls that count must contain, or null
        record Called(Target target, Expr times, @Nullable Expr with, Span at) implements Expectation {}

        record NeverCalled(Target target, Span at) implements Expectation {}

        /// @param message what the failure's message must contain, or null
        record Fails(@Nullable Expr message, Span at) implements Expectation {}
    }
}
