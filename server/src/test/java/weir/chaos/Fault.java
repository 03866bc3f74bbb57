package weir.chaos;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import redis.clients.jedis.Jedis;

/// What is done to the cluster.
enum Fault {
    /// kill -9 of a process, which is started again after some time.
    KILL {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            var part = any(cluster.parts(), random);
            part.kill();
            Thread.sleep(random.nextInt(2_000));
            part.start();
        }
    },
    /// SIGSTOP, and SIGCONT when the others may have taken it for dead.
    PAUSE {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            var part = any(cluster.parts(), random);
            part.signal("STOP");
            Thread.sleep(1_000 + random.nextInt(9_000));
            harm.awake(Instant.now());
            part.signal("CONT");
        }
    },
    /// SIGTERM of each worker in turn, and a new one in its place.
    ROLL {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            for (var worker : cluster.workers()) {
                harm.ended(worker.terminate());
                worker.start();
                Thread.sleep(500);
            }
        }
    },
    KILL_POSTGRES {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException {
            cluster.postgresProcesses().stream().findFirst().ifPresent(ProcessHandle::destroyForcibly);
        }
    },
    KILL_REDIS {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException {
            cluster.redisProcess().ifPresent(ProcessHandle::destroyForcibly);
        }
    },
    PAUSE_POSTGRES {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            pause(cluster.postgresProcesses(), 500 + random.nextInt(5_000));
        }
    },
    PAUSE_REDIS {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            pause(cluster.redisProcess().stream().toList(), 500 + random.nextInt(5_000));
        }
    },
    /// Redis forgets everything.
    FORGET_REDIS {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) {
            try (var redis = new Jedis(cluster.redisItself())) {
                redis.flushAll();
            }
        }
    },
    CUT {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws InterruptedException {
            for (int i = 0; i <= random.nextInt(4); i++) {
                wire(cluster, random).cut();
                Thread.sleep(random.nextInt(300));
            }
        }
    },
    STALL {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws InterruptedException {
            int time = 500 + random.nextInt(5_000);
            wire(cluster, random).stall(Duration.ofMillis(time));
            Thread.sleep(time);
        }
    },
    /// No room is left where the databases keep their data.
    FULL_DISK {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            if (!cluster.disk().canBeFilled()) {
                return;
            }
            cluster.disk().fill();
            Thread.sleep(1_000 + random.nextInt(4_000));
            cluster.disk().empty();
        }
    },
    /// kill -9 of everything at once.
    BLACKOUT {
        @Override
        void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException {
            cluster.redisProcess().ifPresent(ProcessHandle::destroyForcibly);
            cluster.postgresProcesses().forEach(ProcessHandle::destroyForcibly);
            for (var part : cluster.parts()) {
                part.kill();
            }
            long start = System.nanoTime();
            cluster.startAll();
            cluster.awaitReady();
            harm.back(Duration.ofNanos(System.nanoTime() - start));
        }
    };

    /// What was seen while harm was done.
    interface Harm {
        /// A process that was stopped is about to go on, not knowing what happened meanwhile.
        void awake(Instant at);

        /// A process ended as it was told to, so long after.
        void ended(Duration after);

        /// Everything was killed; so long after it was started, the server was ready.
        void back(Duration after);
    }

    /// Returns when it is over.
    abstract void happen(Cluster cluster, Random random, Harm harm) throws IOException, InterruptedException;

    private static void pause(List<ProcessHandle> processes, int milliseconds)
            throws IOException, InterruptedException {
        if (!processes.isEmpty()) {
            Part.signal("STOP", processes);
            Thread.sleep(milliseconds);
            Part.signal("CONT", processes);
        }
    }

    private static Wire wire(Cluster cluster, Random random) {
        return random.nextBoolean() ? cluster.toPostgres() : cluster.toRedis();
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
