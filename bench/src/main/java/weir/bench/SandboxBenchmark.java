package weir.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import weir.sandbox.Limits;
import weir.sandbox.Sandbox;
import weir.value.Json;
import weir.value.Value;

/// Scripts on a small document under JMH, from eight callers: `bench/run jmh Sandbox`.
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(8)
@Fork(1)
public class SandboxBenchmark {
    private static final Value ORDER = Json.read("""
            {"id":"o-17","customer":{"name":"Ada","country":"GB"},"lines":[
            {"sku":"a","qty":2,"price":9.5},{"sku":"b","qty":1,"price":20},{"sku":"c","qty":3,"price":4}]}
            """);

    private final Sandbox sandbox = new Sandbox(Limits.STANDARD);

    private Value run(String body) {
        return sandbox.run(body, List.of("o"), List.of(ORDER));
    }

    @Benchmark
    public Value trivial() {
        return run("return o.id");
    }

    @Benchmark
    public Value mapping() {
        return run("return { id: o.id, total: o.lines.reduce((a, l) => a + l.qty * l.price, 0) }");
    }

    @Benchmark
    public Value manyRecords() {
        return run("return o.lines.map(l => ({ sku: l.sku, total: l.qty * l.price }))");
    }

    @TearDown
    public void close() {
        sandbox.close();
    }
}
