package weir.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.EnvironmentAccess;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.jspecify.annotations.Nullable;
import weir.eval.Script;

/// One hardened context of GraalJS. For one thread, except [#close].
final class World implements AutoCloseable {
    /// How deep functions may call each other. [Sandbox]'s threads have stack enough for it.
    static final int MAX_FRAMES = 5_000;

    private static final int MAX_SCRIPTS = 500;
    /// After so many scripts nothing small can have added up.
    private static final int MOST_RUNS = 20_000;

    private static final Source HARDEN = internal("harden.js");

    private final Context context;
    private final Value run;
    private final Value linked;
    private final Map<Script, Value> functions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Script, Value> eldest) {
            return size() > MAX_SCRIPTS;
        }
    };
    private @Nullable Bridge bridge;
    private int runs;
    private boolean worn;

    /// Performs calls of the host's functions: a name and a list of arguments as text, and a text back.
    interface Bridge {
        String call(String function, String arguments);
    }

    World(Engine engine, int longestText) {
        this.context = context(engine, longestText);
        ProxyExecutable host = arguments ->
                Objects.requireNonNull(bridge, "a host").call(arguments[0].asString(), arguments[1].asString());
        var hardened = context.eval(HARDEN).execute(host, String.join(" ", Script.builtIns()), longestText);
        this.run = hardened.getArrayElement(0);
        this.linked = hardened.getArrayElement(1);
    }

    static Engine engine() {
        return Engine.newBuilder("js")
                .option("engine.WarnInterpreterOnly", "false")
                .in(InputStream.nullInputStream())
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .build();
    }

    private static Context context(Engine engine, int longestText) {
        return Context.newBuilder("js")
                .engine(engine)
                .allowAllAccess(false)
                .allowHostAccess(HostAccess.NONE)
                .allowPolyglotAccess(PolyglotAccess.NONE)
                .allowIO(IOAccess.NONE)
                .allowEnvironmentAccess(EnvironmentAccess.NONE)
                .allowCreateThread(false)
                .allowCreateProcess(false)
                .allowNativeAccess(false)
                .allowHostClassLoading(false)
                .allowInnerContextOptions(false)
                .allowExperimentalOptions(true)
                .timeZone(ZoneOffset.UTC)
                .option("js.strict", "true")
                .option("js.allow-eval", "false")
                .option("js.disable-eval", "true")
                .option("js.disable-with", "true")
                .option("js.load", "false")
                .option("js.print", "false")
                .option("js.console", "false")
                .option("js.graal-builtin", "false")
                .option("js.polyglot-builtin", "false")
                .option("js.java-package-globals", "false")
                .option("js.global-arguments", "false")
                .option("js.foreign-object-prototype", "false")
                .option("js.regexp-static-result", "false")
                .option("js.shared-array-buffer", "false")
                .option("js.atomics", "false")
                .option("js.agent-can-block", "false")
                .option("js.intl-402", "false")
                .option("js.bigint", "false")
                .option("js.locale", "en-US")
                .option("js.string-length-limit", Integer.toString(longestText))
                .option("js.max-typed-array-length", "4000000")
                .option("js.max-apply-argument-length", "100000")
                // A script that catches its own stack overflows could not be stopped: where a stack ends, there is no
                // room for stopping it. So it never comes to that.
                .option("sandbox.MaxStackFrames", Integer.toString(MAX_FRAMES))
                .build();
    }

    /// Runs a script with the arguments in a JSON text.
    ///
    /// @return `=` and the result, or `!` and what went wrong, as JSON
    String run(Script script, String arguments, Bridge host) {
        var outer = bridge;
        bridge = host;
        runs++;
        try {
            return run.execute(function(script), arguments).asString();
        } finally {
            bridge = outer;
        }
    }

    /// Whether it should make place for a new one.
    boolean isWorn() {
        return worn || runs >= MOST_RUNS;
    }

    private Value function(Script script) {
        var known = functions.get(script);
        if (known != null) {
            return known;
        }
        var source = ScriptSource.of(script);
        var made = source.define(context);
        worn |= source.hasPrivateNames(context);
        if (!script.functions().isEmpty()) {
            var functions = script.functions().stream().map(linked::execute).toArray();
            made = made.execute(functions);
        }
        functions.put(script, made);
        return made;
    }

    /// Stops whatever runs in it, from any thread.
    @Override
    public void close() {
        try {
            context.close(true);
        } catch (PolyglotException e) {
            // It was stopped while it was being closed: that is what was asked for.
            return;
        }
    }

    private static Source internal(String name) {
        try (var stream = Objects.requireNonNull(World.class.getResourceAsStream(name), name)) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Source.newBuilder("js", text, name).internal(true).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
