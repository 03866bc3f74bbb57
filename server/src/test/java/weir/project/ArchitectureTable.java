package weir.project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two tables of ARCHITECTURE.md as data: packages and what they may use, libraries and who may touch them.
record ArchitectureTable(List<Room> rooms, List<Library> libraries) {
    /// A package of ours.
    ///
    /// @param uses full names of the packages it may use; null for a package that may use everything
    record Room(
            String folder,
            String name,
            @org.jspecify.annotations.Nullable Set<String> uses) {}

    /// A library.
    ///
    /// @param packages prefixes of its packages
    /// @param only full names of our packages that may touch it
    record Library(String name, Set<String> packages, Set<String> only) {}

    static ArchitectureTable of(Checkout checkout) {
        List<Room> rooms = new ArrayList<>();
        List<Library> libraries = new ArrayList<>();
        for (String line : checkout.text(Path.of("ARCHITECTURE.md")).lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 6 && cells[2].contains("`weir.")) {
                Set<String> uses = cells[4].strip().equals("everything") ? null : ours(cells[4]);
                rooms.add(new Room(first(cells[1]), first(cells[2]), uses));
            } else if (cells.length == 5 && cells[2].contains("`") && cells[3].contains("`")) {
                libraries.add(new Library(cells[1].strip(), quoted(cells[2]), ours(cells[3])));
            }
        }
        if (rooms.isEmpty() || libraries.isEmpty()) {
            throw new IllegalStateException("ARCHITECTURE.md has lost its tables");
        }
        return new ArchitectureTable(rooms, libraries);
    }

    /// The room that a package of ours belongs to: the longest name that it begins with; empty for none.
    String roomOf(String packageName) {
        String best = "";
        for (Room room : rooms) {
            if ((packageName + ".").startsWith(room.name() + ".") && room.name().length() > best.length()) {
                best = room.name();
            }
        }
        return best;
    }

    private static Set<String> ours(String cell) {
        Set<String> names = new TreeSet<>();
        quoted(cell).forEach(name -> names.add("weir." + name));
        return names;
    }

    private static String first(String cell) {
        return quoted(cell).iterator().next();
    }

    private static Set<String> quoted(String cell) {
        Set<String> found = new TreeSet<>();
        Matcher name = Pattern.compile("`([^`]+)`").matcher(cell);
        while (name.find()) {
            found.add(name.group(1));
        }
        return found;
    }
}
