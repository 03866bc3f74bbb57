package weir.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/// A real Redis Cluster of three nodes on this machine, each a third of the slots, no replicas. Clients are a user who
/// may do no more than the documentation says a queue needs.
public final class TestCluster implements AutoCloseable {
    public static final int NODES = 3;
    private static final int SLOTS = 16_384;
    private static final String PASSWORD = "the-clusters-own";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    private static TestCluster shared;

    private final Path folder;
    private final Path program;
    private final List<Node> nodes = new ArrayList<>();

    private static final class Node {
        final int port;
        final Path configuration;
        Process process;

        Node(int port, Path configuration) {
            this.port = port;
            this.configuration = configuration;
        }
    }

    private TestCluster() throws IOException, EmbeddedProblem {
        folder = TestServers.folder();
        program = new Binaries(TestServers.binaries()).redis();
        for (int i = 0; i < NODES; i++) {
            var node = configured(Files.createDirectory(folder.resolve("node" + i)));
            nodes.add(node);
            run(node);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        for (int i = 0; i < NODES; i++) {
            int first = i * SLOTS / NODES;
            int last = (i + 1) * SLOTS / NODES - 1;
            try (var node = talkTo(i)) {
                node.clusterAddSlotsRange(first, last);
                if (i > 0) {
                    node.clusterMeet("127.0.0.1", nodes.getFirst().port);
                }
            }
        }
        awaitHealth();
    }

    /// One for all tests of a JVM; whoever breaks a part of it mends it.
    public static synchronized TestCluster shared() {
        if (shared == null) {
            try {
                shared = new TestCluster();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            } catch (EmbeddedProblem problem) {
                throw new IllegalStateException(problem);
            }
        }
        return shared;
    }

    /// The bus of a node is ten thousand ports above it.
    private static Node configured(Path home) throws IOException {
        int port = Ports.free();
        while (port > 55_000) {
            port = Ports.free() - 10_000;
        }
        var configuration = home.resolve("redis.conf");
        Files.writeString(configuration, """
            bind 127.0.0.1
            port %d
            dir "%s"
            requirepass %s
            masterauth %s
            user queue on ">a+b/c @:?" ~weir:* resetchannels -@all +@read +@write +@scripting +@connection +cluster|slots
            appendonly yes
            appendfsync always
            save ""
            cluster-enabled yes
            cluster-announce-ip 127.0.0.1
            cluster-node-timeout 1000
            cluster-require-full-coverage no
            """.formatted(port, home, PASSWORD, PASSWORD));
        return new Node(port, configuration);
    }

    private void run(Node node) throws IOException {
        node.process = new ProcessBuilder(program.toString(), node.configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(node.configuration.resolveSibling("log").toFile())
                .start();
        await(() -> {
            try (var client = talkTo(nodes.indexOf(node))) {
                return client.ping().equals("PONG");
            }
        });
    }

    private interface Look {
        boolean isGood();
    }

    private static void await(Look look) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!isGood(look)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the cluster does not come up");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    private static boolean isGood(Look look) {
        try {
            return look.isGood();
        } catch (JedisException notYet) {
            return false;
        }
    }

    /// Waits until every node knows all others, and all slots have their node.
    public void awaitHealth() {
        for (int i = 0; i < NODES; i++) {
            int number = i;
            await(() -> {
                try (var node = talkTo(number)) {
                    var info = node.clusterInfo();
                    return info.contains("cluster_state:ok")
                            && info.contains("cluster_slots_ok:" + SLOTS)
                            && info.contains("cluster_known_nodes:" + NODES);
                }
            });
        }
    }

    /// For clients; a part of the nodes is enough.
    public URI uri() {
        return URI.create("redis+cluster://queue:a+b%2Fc%20%40%3A%3F@"
                + nodes.stream().limit(2).map(node -> "127.0.0.1:" + node.port).collect(Collectors.joining(",")));
    }

    private Jedis talkTo(int node) {
        return new Jedis(
                new HostAndPort("127.0.0.1", nodes.get(node).port),
                DefaultJedisClientConfig.builder().password(PASSWORD).build());
    }

    public void forgetEverything() {
        for (int i = 0; i < NODES; i++) {
            try (var node = talkTo(i)) {
                node.flushAll();
            }
        }
    }

    /// As `kill -9`. It does not come back by itself.
    public void kill(int node) {
        nodes.get(node).process.destroyForcibly().onExit().join();
    }

    public void restart(int node) throws IOException {
        run(nodes.get(node));
        awaitHealth();
    }

    /// The node that has a shard's keys.
    public int nodeOf(int shard) {
        int slot = slot(shard);
        for (int i = 0; i < NODES; i++) {
            try (var node = talkTo(i)) {
                var mine = node.clusterMyId();
                for (var line : node.clusterNodes().lines().toList()) {
                    if (line.startsWith(mine) && ranges(line).contains(slot)) {
                        return i;
                    }
                }
            }
        }
        throw new IllegalStateException("nobody has slot " + slot);
    }

    private static List<Integer> ranges(String line) {
        var slots = new ArrayList<Integer>();
        var parts = line.split(" ");
        for (var part : List.of(parts).subList(8, parts.length)) {
            if (part.matches("\\d+(-\\d+)?")) {
                var ends = part.split("-");
                for (int slot = Integer.parseInt(ends[0]); slot <= Integer.parseInt(ends[ends.length - 1]); slot++) {
                    slots.add(slot);
                }
            }
        }
        return slots;
    }

    private static int slot(int shard) {
        return JedisClusterCRC16.getSlot("weir:{" + shard + "}:ring");
    }

    /// Moves a shard's keys to another node, one after the other, as an operator does it.
    ///
    /// @param between run after every key, while the slot has two homes
    public void move(int shard, int to, Runnable between) {
        int slot = slot(shard);
        int from = nodeOf(shard);
        try (var source = talkTo(from);
                var target = talkTo(to)) {
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, target.clusterMyId());
            between.run();
            for (var keys = source.clusterGetKeysInSlot(slot, 1);
                    !keys.isEmpty();
                    keys = source.clusterGetKeysInSlot(slot, 1)) {
                source.migrate(
                        "127.0.0.1",
                        nodes.get(to).port,
                        2_000,
                        MigrateParams.migrateParams().replace().auth(PASSWORD),
                        keys.getFirst());
                between.run();
            }
            var owner = target.clusterMyId();
            target.clusterSetSlotNode(slot, owner);
            source.clusterSetSlotNode(slot, owner);
        }
        awaitHealth();
    }

    /// How many runs a node has in its queues.
    public long queuedAt(int node) {
        try (var client = talkTo(node)) {
            return client.keys("weir:*:q:*").stream().mapToLong(client::zcard).sum();
        }
    }

    /// Stops a process without ending it, or lets it go on.
    public void pause(int node, boolean still) throws IOException, InterruptedException {
        new ProcessBuilder(
                        "kill",
                        still ? "-STOP" : "-CONT",
                        Long.toString(nodes.get(node).process.pid()))
                .start()
                .waitFor();
    }

    /// Says something to a node as its administrator.
    public Object tell(int node, Command command, String... arguments) {
        try (var client = talkTo(node)) {
            return client.sendCommand(command, arguments);
        }
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.process.destroyForcibly().onExit().join());
        try {
            Binaries.delete(folder);
        } catch (IOException left) {
            System.err.println("could not delete " + folder);
        }
    }
}
