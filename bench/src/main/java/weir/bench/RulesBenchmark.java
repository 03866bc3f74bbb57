package weir.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weir.value.Value;

/// [Rules] under JMH: `bench/run jmh Rules`.
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RulesBenchmark {
    private final Rules.Subjects subjects;
    private int i;

    public RulesBenchmark() {
        try {
            subjects = new Rules.Subjects(new Inputs(Path.of(System.getProperty("weir.root", "."))));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Benchmark
    public Rules.Price javaIfChain() {
        return subjects.byHand(next());
    }

    @Benchmark
    public Value weir() {
        return subjects.weir(next());
    }

    private int next() {
        i = (i + 1) & Integer.MAX_VALUE;
        return i;
    }
}
