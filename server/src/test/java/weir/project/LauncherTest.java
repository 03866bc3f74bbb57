package weir.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user of `./weir` can rely on before Java starts. The launcher runs in a checkout of its own, with a machine
/// of its own: made-up JDKs, Maven, Node and df, and no folder but these on the PATH.
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "dirname",
            "find",
            "grep",
            "head",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "touch");

    @TempDir
    Path machine;

    private Path checkout;
    private Path bin;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void aMachineWithEverything() throws IOException {
        checkout = machine.resolve("check out");
        bin = Files.createDirectories(machine.resolve("bin"));
        Files.createDirectories(checkout.resolve("server/target/libs"));
        Files.createDirectories(checkout.resolve("compiler/src"));
        Files.createDirectories(checkout.resolve("grammar"));
        // The launcher as it is, except that its usual folders of JDKs are those of this machine.
        String launcher = Files.readString(Checkout.here().root().resolve("weir"));
        script(checkout.resolve("weir"), launcher.replaceAll("(?<=\\s)/(?=(usr|opt|Library)/)", machine + "/"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Files.writeString(checkout.resolve("server/target/weir.jar"), "a jar");
        for (String tool : TOOLS) {
            Path real = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin", tool) : Path.of("/usr/bin", tool);
            script(bin.resolve(tool), "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        disk(4_000_000);
        environment.put("PATH", bin.toString());
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.3").toString());
    }

    @Test
    void passesArgumentsAndTheExitCodeOn() throws Exception {
        environment.put("FAKE_EXIT", "7");
        Outcome outcome = weir("check", "two words.weir", "--json");
        assertEquals(7, outcome.exit(), outcome.toString());
        assertTrue(outcome.out()
                .contains("-jar\n" + checkout + "/server/target/weir.jar\ncheck\ntwo words.weir\n--json\n"));
    }

    @Test
    void worksThroughALinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(machine.resolve("linked"), Path.of("check out/weir"));
        Outcome outcome = run(Files.createDirectories(machine.resolve("elsewhere")), link.toString(), "--version");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertTrue(outcome.out().contains(checkout + "/server/target/weir.jar"), outcome.toString());
    }

    @Test
    void startsServersToLastAndCommandsToBeBrief() throws Exception {
        assertTrue(weir("check").out().contains("-XX:TieredStopAtLevel=1"));
        Outcome server = weir("serve");
        assertFalse(server.out().contains("-XX:TieredStopAtLevel=1"), server.toString());
        assertTrue(server.out().contains("-XX:+ExitOnOutOfMemoryError"), server.toString());
    }

    @Test
    void passesJavaOptionsOn() throws Exception {
        environment.put("WEIR_JAVA_OPTIONS", "-Xmx300m -Done=1");
        assertTrue(weir("serve").out().contains("-Xmx300m\n-Done=1\n"));
    }

    @Test
    void usesTheCacheOfClassesThatATrainingMade() throws Exception {
        environment.put("FAKE_TRAINING", "works");
        assertTrue(weir("check").out().contains("-XX:AOTCache=" + checkout + "/server/target/aot/25.0.3+9.aot\n"));
    }

    @Test
    void doesWithoutACacheWhenTheTrainingFails() throws Exception {
        Outcome outcome = weir("check");
        assertEquals(0, outcome.exit());
        assertFalse(outcome.out().contains("AOTCache"), outcome.toString());
    }

    @Test
    void looksForAJdkInTheUsualFoldersWhenJavaHomeIsTooOld() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
        Path usual = jdk("usr/lib/jvm/later", "26");
        assertTrue(weir("check").out().startsWith(usual + "/bin/java\n"));
    }

    @Test
    void looksForAJdkOnThePathAtLast() throws Exception {
        environment.remove("JAVA_HOME");
        Path hidden = jdk("hidden", "25.0.1");
        Files.createSymbolicLink(bin.resolve("java"), hidden.resolve("bin/java"));
        assertTrue(weir("check").out().startsWith(hidden + "/bin/java\n"));
    }

    @Test
    void saysThatNoJdkIsThere() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15").toString());
        refused(weir("check"), "no JDK 25 or later");
    }

    @Test
    void buildsOnceWhenASourceIsNewer() throws Exception {
        maven("3.9.1", "echo built >>\"$0.log\"; mkdir -p server/target/libs; echo jar >server/target/weir.jar");
        changeASource();
        Outcome first = weir("check");
        assertEquals(0, first.exit(), first.toString());
        assertTrue(first.err().contains("building"), first.toString());
        assertEquals("", weir("check").err());
        assertEquals("built\n", Files.readString(bin.resolve("mvn.log")));
    }

    @Test
    void saysThatMavenIsMissingOrTooOld() throws Exception {
        changeASource();
        refused(weir("check"), "Maven is not on the PATH");
        maven("3.6.3", "exit 0");
        refused(weir("check"), "Maven 3.6.3 is too old");
    }

    @Test
    void saysThatNodeIsMissingOrTooOldForTheStudio() throws Exception {
        changeASource();
        maven("3.8.7", "exit 0");
        Files.createDirectories(checkout.resolve("studio"));
        Files.writeString(checkout.resolve("studio/package.json"), "{}");
        refused(weir("check"), "Node.js is not on the PATH");
        script(bin.resolve("npm"), "#!/bin/sh\n");
        script(bin.resolve("node"), "#!/bin/sh\necho v18.1.0\n");
        refused(weir("check"), "Node.js 18.1.0 is too old");
    }

    @Test
    void showsWhyTheBuildFailed() throws Exception {
        changeASource();
        maven("3.9.1", "echo '[ERROR] Foo.java:[3,4] cannot find symbol'; exit 1");
        Outcome outcome = weir("check");
        assertTrue(outcome.err().contains("Foo.java:[3,4]"), outcome.toString());
        assertEquals(3, outcome.exit());
        assertTrue(outcome.err().contains("weir: the build failed"), outcome.toString());
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        changeASource();
        maven("3.9.1", "echo 'java.io.IOException: No space left on device'; exit 1");
        refused(weir("check"), "the disk filled up");
        disk(100_000);
        refused(weir("check"), "only 97 MB are free");
    }

    @Test
    void saysThatTheFolderCannotBeWritten() throws Exception {
        Files.delete(checkout.resolve("server/target/weir.jar"));
        refused(asANobody("check"), "cannot write to " + checkout);
    }

    @Test
    void runsAnOldBuildWhereItCannotMakeANewOne() throws Exception {
        changeASource();
        Outcome outcome = asANobody("check");
        assertEquals(0, outcome.exit(), outcome.toString());
        assertTrue(outcome.err().contains("running the old build"), outcome.toString());
    }

    // ---- the machine

    private record Outcome(int exit, String out, String err) {}

    private static void refused(Outcome outcome, String why) {
        assertEquals(3, outcome.exit(), outcome.toString());
        String last = outcome.err().lines().toList().getLast();
        assertTrue(last.startsWith("weir: ") && last.contains(why) && last.endsWith("."), outcome.toString());
    }

    private Path jdk(String folder, String version) throws IOException {
        Path home = machine.resolve(folder);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "JAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n".formatted(version, version));
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        script(home.resolve("bin/java"), """
            #!/bin/sh
            echo "$0"
            for argument in "$@"; do
                echo "$argument"
                case $argument in
                    -XX:AOTCacheOutput=*) [ "${FAKE_TRAINING:-}" = works ] && echo cache >"${argument#*=}" ;;
                esac
            done
            exit "${FAKE_EXIT:-0}"
            """);
        return home;
    }

    private void maven(String version, String build) throws IOException {
        script(bin.resolve("mvn"), """
            #!/bin/sh
            case $1 in
                --version) echo "Apache Maven %s (made up)" ;;
                *) %s ;;
            esac
            """.formatted(version, build));
    }

    private void disk(int freeKilobytes) throws IOException {
        script(bin.resolve("df"), """
            #!/bin/sh
            echo "Filesystem 1024-blocks Used Available Capacity Mounted on"
            echo "/dev/made 9999999 1 %d 1%% /"
            """.formatted(freeKilobytes));
    }

    /// Dates the jar back, so that the sources are newer.
    private void changeASource() throws IOException {
        Files.setLastModifiedTime(
                checkout.resolve("server/target/weir.jar"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome weir(String... arguments) throws Exception {
        return run(checkout, "./weir", arguments);
    }

    /// Runs the launcher in a folder that cannot be written, as someone who may not simply ignore that.
    private Outcome asANobody(String... arguments) throws Exception {
        List<Path> closed = new ArrayList<>();
        try (var all = Files.walk(machine)) {
            all.filter(Files::isDirectory).forEach(closed::add);
        }
        for (Path folder : closed) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        }
        try {
            if (!System.getProperty("user.name").equals("root")) {
                return weir(arguments);
            }
            Path drop = Path.of("/usr/bin/setpriv");
            assumeTrue(Files.exists(drop), "root writes everywhere, and no setpriv is there to become someone else");
            List<String> all = new ArrayList<>(List.of("--reuid=65534", "--regid=65534", "--clear-groups", "./weir"));
            all.addAll(List.of(arguments));
            return run(checkout, drop.toString(), all.toArray(String[]::new));
        } finally {
            for (Path folder : closed) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private Outcome run(Path folder, String command, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        Path out = Files.createTempFile("launcher", ".out");
        Path err = Files.createTempFile("launcher", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(all)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the launcher hangs: " + Files.readString(err));
            }
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
