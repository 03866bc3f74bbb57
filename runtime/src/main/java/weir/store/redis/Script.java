package weir.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import weir.graph.Graph.Priority;
import weir.store.Urgency;

/// A Lua script from a file beside this class, sent once and from then on called by its hash.
final class Script {
    private final String text;
    private final String hash;

    private Script(String text) {
        this.text = text;
        this.hash = hash(text);
    }

    static Script load(String file) {
        var headStarts = Arrays.stream(Priority.values())
                .map(priority -> "[" + priority.ordinal() + "] = " + Urgency.headStart(priority))
                .collect(Collectors.joining(", ", "local HEAD_START = { ", " }\n"));
        return new Script(headStarts + read("common.lua") + "\n" + read(file));
    }

    private static String read(String file) {
        try (var in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalArgumentException("no such script: " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    List<?> run(UnifiedJedis redis, List<String> keys, List<String> arguments) {
        Object result;
        try {
            result = redis.evalsha(hash, keys, arguments);
        } catch (JedisNoScriptException unknown) {
            // A Redis that was started anew; it knows the script from now on.
            result = redis.eval(text, keys, arguments);
        }
        return result instanceof List<?> list ? list : List.of(result);
    }
}
