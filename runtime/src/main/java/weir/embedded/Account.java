package weir.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// As whom the servers run. PostgreSQL refuses to be root, so root hands both to an ordinary user.
sealed interface Account {
    /// We are an ordinary user: nothing to change.
    record Ourselves() implements Account {}

    /// @param launcher the command that becomes this user, before the server's own
    record Other(String name, List<String> launcher) implements Account {
        /// This user with the one right of root that it needs to get to a folder below closed ones: to pass and
        /// read folders. Empty where that cannot be given.
        Optional<Account> passing(Path folder) throws IOException {
            var right = List.of("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search");
            var able = new Other(name, Commands.join(launcher, right));
            var look = able.command(List.of("ls", folder.toString()));
            return launcher.getFirst().endsWith("setpriv")
                            && Commands.run(look, null).succeeded()
                    ? Optional.of(able)
                    : Optional.empty();
        }
    }

    /// Users that are made for such things, the fittest first. Each needs an entry in the list of users.
    List<String> CANDIDATES = List.of("weir", "postgres", "nobody", "daemon");

    Path USERS = Path.of("/etc/passwd");

    /// @param home the data directory: if an ordinary user owns the data already, it stays theirs
    static Account find(Path home) throws EmbeddedProblem {
        try {
            if (!isRoot()) {
                return new Ourselves();
            }
            var users = Files.readAllLines(USERS).stream()
                    .map(line -> line.split(":", -1))
                    .filter(user -> user.length > 3 && !user[2].equals("0"))
                    .toList();
            var owner = ownerOf(home.resolve("postgres"));
            for (var name : owner == null ? CANDIDATES : List.of(owner)) {
                for (var user : users) {
                    if (user[0].equals(name)) {
                        return new Other(name, launcher(user[2], user[3]));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new EmbeddedProblem(
                    "Cannot read " + USERS + " to find an ordinary user for PostgreSQL, which refuses to"
                            + " run as root; start Weir as an ordinary user.",
                    unreadable);
        }
        throw new EmbeddedProblem("PostgreSQL refuses to run as root, and there is none of the users "
                + String.join(", ", CANDIDATES)
                + " to run it; make one (useradd --system weir), or start Weir as an ordinary"
                + " user.");
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static @Nullable String ownerOf(Path data) throws IOException {
        if (!Files.exists(data)) {
            return null;
        }
        var owner = Files.getOwner(data, LinkOption.NOFOLLOW_LINKS).getName();
        return owner.equals("root") ? null : owner;
    }

    /// Both commands replace themselves by the server, so that signals reach it.
    private static List<String> launcher(String uid, String gid) throws EmbeddedProblem {
        var setpriv = Commands.find("setpriv");
        if (setpriv.isPresent()) {
            return List.of(setpriv.get(), "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
        }
        return Commands.find("chroot")
                .filter(chroot -> !isBusybox(chroot))
                .map(chroot -> List.of(chroot, "--userspec=" + uid + ":" + gid, "--skip-chdir", "/"))
                .orElseThrow(() -> new EmbeddedProblem("PostgreSQL refuses to run as root, and the command setpriv (of"
                        + " util-linux) is not there to run it as another user; install it, or start Weir as an ordinary"
                        + " user."));
    }

    private static boolean isBusybox(String command) {
        try {
            return Path.of(command).toRealPath().getFileName().toString().startsWith("busybox");
        } catch (IOException gone) {
            return true;
        }
    }

    /// A command as this account runs it.
    default List<String> command(List<String> command) {
        return switch (this) {
            case Ourselves() -> command;
            case Other other -> Commands.join(other.launcher(), command);
        };
    }

    /// Makes a file or folder, with everything in it, this account's own.
    default void own(Path path) throws IOException {
        if (!(this instanceof Other other)
                || Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals(other.name())) {
            return;
        }
        var owner = path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(other.name());
        try (var files = Files.walk(path)) {
            for (var file : files.toList().reversed()) {
                Files.setAttribute(file, "posix:owner", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /// The first folder on the way to `path` that this account cannot pass, if any.
    default Optional<Path> barrier(Path path) throws IOException {
        if (this instanceof Ourselves) {
            return Optional.empty();
        }
        for (var folder = path.toRealPath(); folder != null; folder = folder.getParent()) {
            if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }
}
