package weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.value.Value;

/// [Mapping] under JMH: `bench/run jmh Mapping`.
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MappingBenchmark {
    @Param
    private MappingSubjects.Expression expression = MappingSubjects.Expression.MAPPING;

    private final Sandbox sandbox = new Sandbox(Limits.STANDARD);
    private final MappingSubjects subjects;

    public MappingBenchmark() {
        try {
            subjects = new MappingSubjects(new Inputs(Path.of(System.getProperty("weir.root", "."))), sandbox);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Benchmark
    public Object java() {
        return subjects.byHand(expression);
    }

    @Benchmark
    public Value javaOverValues() {
        return subjects.byHandOverValues(expression);
    }

    @Benchmark
    public Value weir() {
        return subjects.weir(expression);
    }

    @Benchmark
    public Value weirSandbox() {
        return subjects.sandbox(expression);
    }

    @TearDown
    public void close() {
        sandbox.close();
    }
}
