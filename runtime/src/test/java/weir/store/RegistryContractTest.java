package weir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static weir.store.Samples.ORG;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import weir.store.Registry.Entry;
import weir.store.Registry.Kind;
import weir.store.Registry.Version;

/// The promises of [Registry].
@ParameterizedClass
@EnumSource(Backend.class)
final class RegistryContractTest {
    @Parameter
    private Backend backend;

    private Backend.Opened store;
    private Registry registry;

    @BeforeEach
    void open() {
        store = backend.open();
        registry = store.registry();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Version deploy(String name, String text) {
        return registry.deploy(
                ORG, Kind.WORKFLOW, name, "hash of " + text, "a.weir", text, "{\"text\": \"" + text + "\"}");
    }

    private Entry entry(String name) {
        return registry.find(ORG, Kind.WORKFLOW, name).orElseThrow();
    }

    @Test
    void aVersionIsFoundByEverythingThatNamesIt() {
        var version = deploy("orders", "one – with ✓ and \\");
        assertEquals(1, version.number());
        assertEquals(Optional.of(version), registry.version(version.id()));
        assertEquals(Optional.of(version), registry.version(version.entry(), 1));
        assertEquals(Optional.of(version), registry.version(version.entry(), null));
        assertEquals(List.of(version), registry.versions(version.entry()));
        assertEquals(new Entry(version.entry(), ORG, Kind.WORKFLOW, "orders", 1), entry("orders"));
        assertEquals(Optional.of(entry("orders")), registry.find(version.entry()));
    }

    @Test
    void theNewestVersionIsActiveAndOldOnesStay() {
        var first = deploy("orders", "one");
        var second = deploy("orders", "two");
        assertEquals(2, second.number());
        assertEquals(first.entry(), second.entry());
        assertEquals(Optional.of(second), registry.version(first.entry(), null));
        assertEquals(List.of(second, first), registry.versions(first.entry()));
    }

    @Test
    void anOlderVersionIsMadeActiveAgain() {
        int entry = deploy("orders", "one").entry();
        deploy("orders", "two");
        var split = new Split("input.who", List.of(new Split.Share(1, 90), new Split.Share(2, 10)));
        registry.split(entry, split);
        assertEquals(split, entry("orders").split());
        assertEquals(true, registry.activate(entry, 1));
        assertEquals(new Entry(entry, ORG, Kind.WORKFLOW, "orders", 1), entry("orders"));
        assertEquals(false, registry.activate(entry, 9));
        registry.retire(entry, true);
        assertEquals(true, entry("orders").retired());
        registry.split(entry, split);
        deploy("orders", "two");
        assertEquals(new Entry(entry, ORG, Kind.WORKFLOW, "orders", 2), entry("orders"));
    }

    @Test
    void aVersionRemembersItsFile() {
        var mine = registry.deploy(ORG, Kind.RULES, "rate", "h", "shop/mine.weir", "text", "{}");
        var theirs = registry.deploy(ORG, Kind.RULES, "rate", "h", "theirs.weir", "text", "{}");
        assertEquals("shop/mine.weir", mine.file());
        assertEquals(2, theirs.number());
        assertEquals(
                "theirs.weir",
                registry.version(theirs.entry(), null).orElseThrow().file());
    }

    @Test
    void theSameTextAgainIsTheVersionThatIsThereAndActiveAgain() {
        var first = deploy("orders", "one");
        deploy("orders", "two");
        assertEquals(first, deploy("orders", "one"));
        assertEquals(1, entry("orders").active());
        assertEquals(2, registry.versions(first.entry()).size());
    }

    @Test
    void kindsAndOrganisationsHaveTheirOwnNames() {
        var workflow = deploy("orders", "one");
        var rules = registry.deploy(ORG, Kind.RULES, "orders", "h", "", "rules", "{}");
        var theirs = registry.deploy(ORG + 1, Kind.WORKFLOW, "orders", "h", "", "theirs", "{}");
        assertNotEquals(workflow.entry(), rules.entry());
        assertNotEquals(workflow.entry(), theirs.entry());
        assertEquals(List.of(entry("orders")), registry.list(ORG, Kind.WORKFLOW));
        assertEquals(1, registry.list(ORG, Kind.RULES).size());
    }

    @Test
    void listsAreByName() {
        deploy("b", "one");
        deploy("a", "one");
        assertEquals(
                List.of("a", "b"),
                registry.list(ORG, Kind.WORKFLOW).stream().map(Entry::name).toList());
    }

    @Test
    void whatWasRemovedIsGoneByNameButKeptForItsRuns() {
        var version = deploy("orders", "one");
        registry.remove(version.entry());
        assertTrue(registry.find(ORG, Kind.WORKFLOW, "orders").isEmpty());
        assertEquals(List.of(), registry.list(ORG, Kind.WORKFLOW));
        assertEquals(Optional.of(version), registry.version(version.id()));
        assertEquals("orders", registry.find(version.entry()).orElseThrow().name());
        var again = deploy("orders", "one");
        assertNotEquals(version.entry(), again.entry());
        assertEquals(1, again.number());
    }

    @Test
    void manyDeploymentsAtOnceMakeOneVersionOfEachText() {
        IntStream.range(0, 40).parallel().forEach(i -> deploy("orders", "text " + i % 4));
        var versions = registry.versions(entry("orders").id());
        assertEquals(List.of(4, 3, 2, 1), versions.stream().map(Version::number).toList());
        assertEquals(4, versions.stream().map(Version::text).distinct().count());
    }
}
