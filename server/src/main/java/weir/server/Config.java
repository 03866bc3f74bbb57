package weir.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import weir.embedded.DataDirectory;
import weir.eval.Budget;
import weir.sandbox.Isolation;
import weir.sandbox.ProcessOptions;
import weir.store.Retention;

/// Everything that can be set, once. Printed at start by [#lines], which shows no secret.
///
/// @param host the address to listen on; anything but loopback needs a token
/// @param port 0: any free one
/// @param hosts further names under which browsers may reach the server (a reverse proxy's, for example), lower case
/// @param data where embedded PostgreSQL and Redis keep their files
/// @param postgres a URL, or null for the embedded one
/// @param redis a URL, or null for the embedded one
/// @param token the bearer token that every API call must show, or null (loopback only)
/// @param examples whether the workflows that come with the server are deployed on its first start
/// @param secrets what `secret("NAME")` gives, by name
public record Config(
        String host,
        int port,
        Set<String> hosts,
        Path data,
        @Nullable String postgres,
        @Nullable String redis,
        @Nullable String token,
        boolean examples,
        Map<String, String> secrets,
        Model model,
        Limits limits) {
    /// The environment's names. Each is looked up here and nowhere else.
    private static final String SECRET = "WEIR_SECRET_";

    /// The language model that writes texts from plain words.
    ///
    /// @param key null: there is none, and the generator says what to set
    /// @param address the base URL of an OpenAI-compatible server, or null for OpenAI's
    /// @param timeout for one answer of the model
    public record Model(@Nullable String key, @Nullable URI address, String name, Duration timeout) {
        public static final String STANDARD = "gpt-5";

        @Override
        public String toString() {
            return name + (address == null ? "" : " at " + withoutPassword(address.toString()));
        }
    }

    /// What is too much. Sizes in bytes.
    ///
    /// @param body of a run's input, a webhook, or any other JSON
    /// @param text of a workflow file
    /// @param headers all header lines of a request together
    /// @param line the request line, with path and query
    /// @param requests under way at once; more are answered 429
    /// @param streams event streams and editor connections open at once
    /// @param queue ready runs that may wait for a worker; near it less urgent ones are turned away
    /// @param organisation ready runs of one organisation that may wait; beyond, new ones are answered 429
    /// @param patience the longest `?wait=`
    /// @param read how long a client may take to send the body of a request
    public record Limits(
            int body,
            int text,
            int headers,
            int line,
            int requests,
            int streams,
            int queue,
            int organisation,
            Duration patience,
            Duration read) {
        public static final Limits STANDARD = new Limits(
                1 << 20,
                2 << 20,
                16 << 10,
                8 << 10,
                4_096,
                1_024,
                100_000,
                50_000,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30));

        public Limits {
            if (body < 1
                    || text < 1
                    || headers < 1_024
                    || line < 256
                    || requests < 1
                    || streams < 1
                    || queue < 1
                    || organisation < 1) {
                throw new IllegalArgumentException("limits must be positive");
            }
        }
    }

    public Config {
        hosts = Set.copyOf(hosts);
        secrets = Map.copyOf(secrets);
    }

    /// A setting that cannot be used; the message says which, why, and what would do.
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        public Unusable(String message) {
            super(message);
        }
    }

    /// Loopback, port 8080, embedded stores, no model.
    public static Config standard() {
        return new Config(
                "127.0.0.1",
                8080,
                Set.of(),
                DataDirectory.standard(),
                null,
                null,
                null,
                true,
                Map.of(),
                new Model(null, null, Model.STANDARD, Duration.ofMinutes(2)),
                Limits.STANDARD);
    }

    /// Reads the environment's variables over the standard.
    ///
    /// @throws Unusable naming the variable
    public static Config read(Map<String, String> environment) throws Unusable {
        var from = new Environment(environment);
        var standard = standard();
        var hosts = new TreeSet<String>();
        for (String name : from.text("WEIR_HOSTS", "").split(",")) {
            if (!name.isBlank()) {
                hosts.add(name.strip().toLowerCase(java.util.Locale.ROOT));
            }
        }
        var secrets = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (name.startsWith(SECRET) && name.length() > SECRET.length()) {
                secrets.put(name.substring(SECRET.length()), value);
            }
        });
        var limits = Limits.STANDARD;
        return new Config(
                from.text("WEIR_HOST", standard.host),
                from.number("WEIR_PORT", standard.port, 0, 65_535),
                hosts,
                Path.of(from.text("WEIR_DATA", standard.data.toString())),
                from.text("WEIR_POSTGRES"),
                from.text("WEIR_REDIS"),
                from.token("WEIR_TOKEN"),
                from.isOn("WEIR_EXAMPLES"),
                secrets,
                new Model(
                        from.text("OPENAI_API_KEY"),
                        from.address("OPENAI_BASE_URL"),
                        from.text("WEIR_MODEL", standard.model.name),
                        Duration.ofSeconds(from.number("WEIR_MODEL_TIMEOUT_SECONDS", 120, 1, 3_600))),
                new Limits(
                        from.number("WEIR_BODY_BYTES", limits.body, 1_024, 64 << 20),
                        from.number("WEIR_TEXT_BYTES", limits.text, 1_024, 64 << 20),
                        limits.headers,
                        limits.line,
                        from.number("WEIR_REQUESTS", limits.requests, 1, 1_000_000),
                        from.number("WEIR_STREAMS", limits.streams, 1, 1_000_000),
                        from.number("WEIR_QUEUE_RUNS", limits.queue, 1, 100_000_000),
                        from.number("WEIR_QUEUE_ORGANISATION_RUNS", limits.organisation, 1, 100_000_000),
                        limits.patience,
                        Duration.ofSeconds(from.number("WEIR_READ_SECONDS", (int) limits.read.toSeconds(), 1, 3_600))));
    }

    /// What `WEIR_EVALUATION_…` of the environment says about evaluations of expressions.
    ///
    /// @throws Unusable naming the variable
    public static Budget budget(Map<String, String> environment) throws Unusable {
        var from = new Environment(environment);
        var budget = Budget.STANDARD;
        for (var limit : Budget.Limit.values()) {
            budget = budget.with(limit, from.limit(limit, budget.of(limit)));
        }
        return budget;
    }

    /// What `WEIR_RETENTION_…` says about how long runs that have ended are kept.
    ///
    /// @throws Unusable naming the variable
    public static Retention retention(Map<String, String> environment) throws Unusable {
        var from = new Environment(environment);
        var standard = Retention.STANDARD;
        return new Retention(
                from.kept("WEIR_RETENTION_SUCCEEDED", standard.succeeded()),
                from.kept("WEIR_RETENTION_FAILED", standard.failed()),
                from.kept("WEIR_RETENTION_CANCELLED", standard.cancelled()));
    }

    /// What `WEIR_DEAD_LETTERS` says about how long failed runs may be resumed.
    ///
    /// @throws Unusable naming the variable
    public static Duration deadLetters(Map<String, String> environment, Duration standard) throws Unusable {
        String name = "WEIR_DEAD_LETTERS";
        String value = new Environment(environment).text(name, "");
        if (value.isEmpty()) {
            return standard;
        }
        return Durations.read(value)
                .filter(time -> time.toSeconds() >= 1 && time.toDays() <= 3_650)
                .orElseThrow(() -> new Unusable(name + " must be a time like 30d or 12h, not \"" + value + "\"."));
    }

    /// What `WEIR_DIRECT_STARTS` says: whether a run begins in the process that accepts it, while that has room.
    ///
    /// @throws Unusable naming the variable
    public static boolean directStarts(Map<String, String> environment) throws Unusable {
        return new Environment(environment).isOn("WEIR_DIRECT_STARTS");
    }

    /// What `WEIR_SANDBOX_ISOLATION` says about where scripts run.
    ///
    /// @throws Unusable naming the variable
    public static Isolation isolation(Map<String, String> environment) throws Unusable {
        String name = "WEIR_SANDBOX_ISOLATION";
        return switch (new Environment(environment).text(name, "auto")) {
            case "auto" -> Isolation.AUTO;
            case "threads" -> Isolation.THREADS;
            case "processes" -> Isolation.PROCESSES;
            default -> throw new Unusable(name + " must be auto, threads or processes.");
        };
    }

    /// What `WEIR_SANDBOX_…` says about what one script may take.
    ///
    /// @throws Unusable naming the variable
    public static weir.sandbox.Limits scripts(Map<String, String> environment) throws Unusable {
        var from = new Environment(environment);
        var limits = weir.sandbox.Limits.STANDARD;
        for (var limit : weir.sandbox.Limits.Limit.values()) {
            limits = limits.with(limit, from.limit(limit, limits.of(limit)));
        }
        return limits;
    }

    /// What `WEIR_SANDBOX_…` says about processes that run scripts.
    ///
    /// @throws Unusable naming the variable
    public static ProcessOptions processes(Map<String, String> environment) throws Unusable {
        var from = new Environment(environment);
        var standard = ProcessOptions.STANDARD;
        int processes = from.number("WEIR_SANDBOX_PROCESSES", standard.processes(), 1, 1_000);
        return new ProcessOptions(
                processes,
                Math.min(processes, standard.processesOfOne()),
                from.number("WEIR_SANDBOX_HEAP_MB", standard.megabytes(), 64, 4_096),
                standard.idle());
    }

    public Config withHost(String value) {
        return new Config(value, port, hosts, data, postgres, redis, token, examples, secrets, model, limits);
    }

    public Config withPort(int value) {
        return new Config(host, value, hosts, data, postgres, redis, token, examples, secrets, model, limits);
    }

    public Config withData(Path value) {
        return new Config(host, port, hosts, value, postgres, redis, token, examples, secrets, model, limits);
    }

    public Config withToken(@Nullable String value) {
        return new Config(host, port, hosts, data, postgres, redis, value, examples, secrets, model, limits);
    }

    public Config withExamples(boolean value) {
        return new Config(host, port, hosts, data, postgres, redis, token, value, secrets, model, limits);
    }

    public Config withSecrets(Map<String, String> value) {
        return new Config(host, port, hosts, data, postgres, redis, token, examples, value, model, limits);
    }

    public Config withModel(Model value) {
        return new Config(host, port, hosts, data, postgres, redis, token, examples, secrets, value, limits);
    }

    public Config withLimits(Limits value) {
        return new Config(host, port, hosts, data, postgres, redis, token, examples, secrets, model, value);
    }

    /// Whether only this machine can reach the server.
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /// Refuses what would be unsafe: an address that others can reach, without a token.
    ///
    /// @throws Unusable saying what to set
    public void check() throws Unusable {
        try {
            var _ = InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new Unusable(
                    "There is no address \"" + host + "\" to listen on: set WEIR_HOST to one of this machine's.");
        }
        if (token == null && !isLoopback()) {
            throw new Unusable(
                    "Listening on " + host + " would let others in without asking who they are:"
                            + " set WEIR_TOKEN to a long random text (`openssl rand -hex 32` makes one), or listen on 127.0.0.1.");
        }
    }

    /// One line a setting, for the log at start; no secret is in them.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("address: " + host + ":" + port + (isLoopback() ? " (this machine only)" : ""));
        if (!hosts.isEmpty()) {
            lines.add("names: " + String.join(", ", new TreeSet<>(hosts)));
        }
        lines.add("data: " + data);
        lines.add("postgres: " + (postgres == null ? "embedded" : withoutPassword(postgres)));
        lines.add("redis: " + (redis == null ? "embedded" : withoutPassword(redis)));
        lines.add("token: " + (token == null ? "none asked for" : "required"));
        lines.add("secrets: " + (secrets.isEmpty() ? "none" : String.join(", ", new TreeSet<>(secrets.keySet()))));
        lines.add("model: " + (model.key == null ? "none (OPENAI_API_KEY is not set)" : model));
        lines.add("limits: body %d B, text %d B, %d requests and %d streams at once, %d runs in the queue (%d a tenant)"
                .formatted(
                        limits.body, limits.text, limits.requests, limits.streams, limits.queue, limits.organisation));
        return lines;
    }

    @Override
    public String toString() {
        return String.join("; ", lines());
    }

    private static String withoutPassword(String url) {
        return url.replaceAll("(?<=//)[^/@]*@", "…@").replaceAll("(?i)(password=)[^&]*", "$1…");
    }

    /// Texts of the environment, read as what they should be.
    private record Environment(Map<String, String> values) {
        @Nullable
        String text(String name) {
            String value = values.get(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String text(String name, String standard) {
            String value = text(name);
            return value == null ? standard : value;
        }

        int number(String name, int standard, int least, int most) throws Unusable {
            String value = text(name);
            if (value == null) {
                return standard;
            }
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException wrong) {
                // Said below, as for a number out of range.
            }
            throw new Unusable(
                    "%s must be a whole number from %d to %d, not \"%s\".".formatted(name, least, most, value));
        }

        /// A limit of evaluations; that of time as a duration like `10s`.
        long limit(Budget.Limit limit, long standard) throws Unusable {
            return count(limit.variable(), standard, limit.least, limit.most, limit == Budget.Limit.TIME);
        }

        /// A limit of scripts; times as durations like `500ms`.
        int limit(weir.sandbox.Limits.Limit limit, int standard) throws Unusable {
            return (int) count(limit.variable(), standard, limit.least, limit.most, limit.isTime());
        }

        /// @param time whether it is a duration, in milliseconds
        private long count(String name, long standard, long least, long most, boolean time) throws Unusable {
            String value = text(name);
            if (value == null) {
                return standard;
            }
            Optional<Long> number = time
                    ? Durations.read(value).map(Duration::toMillis)
                    : Optional.of(value)
                            .filter(text -> text.matches("\\d{1,12}"))
                            .map(Long::valueOf);
            if (number.isEmpty() || number.get() < least || number.get() > most) {
                throw new Unusable("%s must be %s from %d to %d%s, not \"%s\"."
                        .formatted(
                                name,
                                time ? "a time like 10s or 500ms," : "a whole number",
                                least,
                                most,
                                time ? " ms" : "",
                                value));
            }
            return number.get();
        }

        /// How long something is kept; null: for ever.
        @Nullable
        Duration kept(String name, @Nullable Duration standard) throws Unusable {
            String value = text(name);
            if (value == null || value.equals("forever")) {
                return value == null ? standard : null;
            }
            return Durations.read(value)
                    .filter(kept -> kept.compareTo(Retention.LEAST) >= 0)
                    .orElseThrow(() -> new Unusable(
                            name + " must be a time of a day or more, like 30d, or forever; not \"" + value + "\"."));
        }

        boolean isOn(String name) throws Unusable {
            return switch (text(name, "yes")) {
                case "yes", "true", "on", "1" -> true;
                case "no", "false", "off", "0" -> false;
                default -> throw new Unusable(name + " must be yes or no.");
            };
        }

        @Nullable
        URI address(String name) throws Unusable {
            String value = text(name);
            if (value == null) {
                return null;
            }
            try {
                var address = URI.create(value);
                if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                    return address;
                }
            } catch (IllegalArgumentException wrong) {
                // Said below.
            }
            throw new Unusable(name + " must be a URL such as https://example.com/v1.");
        }

        @Nullable
        String token(String name) throws Unusable {
            String value = text(name);
            if (value != null && value.length() < 16) {
                throw new Unusable(name + " must have at least 16 characters: a short one can be guessed.");
            }
            return value;
        }
    }
}
