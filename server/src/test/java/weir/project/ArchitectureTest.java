package weir.project;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import weir.project.ArchitectureTable.Library;
import weir.project.ArchitectureTable.Room;

/// The tables of ARCHITECTURE.md, held against the classes.
class ArchitectureTest {
    private static final Checkout CHECKOUT = Checkout.here();
    private static final ArchitectureTable TABLE = ArchitectureTable.of(CHECKOUT);
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes"))
            .importPackages("weir");

    /// Reading a clock, drawing a number, or waiting: what a pure package is handed instead.
    private static final Set<String> IMPURE = Set.of(
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.lang.Thread.sleep",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current");

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> found = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            Room from = room(one);
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                String to = TABLE.roomOf(target.getPackageName());
                boolean allowed = to.isEmpty()
                        || from.uses() == null
                        || from.name().equals(to)
                        || from.uses().contains(to);
                if (!allowed) {
                    found.add(one.getName() + " uses " + target.getName());
                }
            }
        }
        check("A package knows only what stands before it; see the table in ARCHITECTURE.md.", found);
    }

    @Test
    void librariesStayInTheirPackages() {
        Set<String> found = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            String from = room(one).name();
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getName();
                for (Library library : TABLE.libraries()) {
                    boolean theirs = library.packages().stream().anyMatch(name -> target.startsWith(name + "."));
                    if (theirs && !library.only().contains(from)) {
                        found.add(one.getName() + " uses " + library.name() + ": " + target);
                    }
                }
            }
        }
        check("A library that few packages touch can be replaced; see the second table in ARCHITECTURE.md.", found);
    }

    @Test
    void everyPackageStandsInTheTableAndInItsFolder() {
        Set<String> found = new TreeSet<>();
        for (JavaFile file : JavaFile.all(CHECKOUT)) {
            if (!file.isMain() || !file.in("weir")) {
                continue;
            }
            String name = TABLE.roomOf(file.packageName());
            String folder = file.path().getName(0).toString();
            boolean known = TABLE.rooms().stream()
                    .anyMatch(room -> room.name().equals(name) && room.folder().equals(folder));
            if (!known) {
                found.add(file.packageName() + " in " + folder);
            }
        }
        check("A package that the table in ARCHITECTURE.md does not know has no place in the whole yet.", found);
    }

    @Test
    void packagesDoNotUseEachOtherInCircles() {
        for (Room room : TABLE.rooms()) {
            for (Room other : TABLE.rooms()) {
                boolean there = room.uses() != null && room.uses().contains(other.name());
                boolean back = other.uses() != null && other.uses().contains(room.name());
                assertTrue(!(there && back), room.name() + " and " + other.name() + " may use each other");
            }
        }
    }

    @Test
    void theCoreIsPure() {
        var impure = new DescribedPredicate<JavaMethodCall>("a clock, chance, the environment or waiting") {
            @Override
            public boolean test(JavaMethodCall call) {
                return IMPURE.contains(call.getTargetOwner().getName() + "." + call.getName())
                        || call.getTargetOwner().isAssignableTo(java.util.Random.class)
                        || List.of("java.nio.file", "java.net.http", "java.sql")
                                .contains(call.getTargetOwner().getPackageName());
            }
        };
        classes()
                .that()
                .resideInAnyPackage(
                        "weir.source..",
                        "weir.model..",
                        "weir.syntax..",
                        "weir.graph..",
                        "weir.check..",
                        "weir.compile..",
                        "weir.format..",
                        "weir.ide..",
                        "weir.value..",
                        "weir.engine..")
                .should(never(callMethodWhere(impure)))
                .because("what is handed its clock, chance and files can be replayed, tested without mocks and"
                        + " simulated")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    private static Room room(JavaClass one) {
        String name = TABLE.roomOf(one.getPackageName());
        return TABLE.rooms().stream()
                .filter(room -> room.name().equals(name))
                .findFirst()
                .orElse(new Room("", one.getPackageName(), Set.of()));
    }

    private static void check(String reason, Set<String> found) {
        assertEquals("", String.join("\n", found), reason);
    }
}
