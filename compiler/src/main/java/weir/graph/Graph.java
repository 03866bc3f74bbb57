package weir.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weir.model.Parameter;
import weir.model.Type;
import weir.source.Span;

/// One workflow, complete: with the library that it reaches.
///
/// @param level the language level whose meaning the expressions have
/// @param result what it returns; `NULL` when nothing
public record Graph(
        int level,
        String workflow,
        String doc,
        List<Parameter> parameters,
        Type result,
        Library library,
        List<Start> starts,
        Limits limits,
        Node.Block body,
        Node.@Nullable Block onFailure,
        Span at) {
    /// The format of [GraphJson]'s text that this build writes.
    public static final int FORMAT = 1;
    /// The language level that this build compiles for.
    public static final int LEVEL = 1;

    public Graph {
        parameters = List.copyOf(parameters);
        starts = List.copyOf(starts);
    }

    /// What a workflow says about its runs. Null: not asked for.
    public record Limits(
            Priority priority,
            @Nullable Once once,
            @Nullable AtMost atMost,
            @Nullable Expr timeout) {
        public static final Limits NONE = new Limits(Priority.NORMAL, null, null, null);
    }

    public enum Priority {
        LOW,
        NORMAL,
        HIGH,
        CRITICAL
    }

    public record Once(Expr key, @Nullable Expr within, boolean orAfterFailure) {}

    public record AtMost(Expr count, @Nullable Expr per, Overflow overflow) {}

    public enum Overflow {
        WAIT,
        SKIP,
        REPLACE
    }
}
