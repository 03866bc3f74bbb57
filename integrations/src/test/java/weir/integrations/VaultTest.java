package weir.integrations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weir.store.memory.MemoryConnections;
import weir.worker.StepFailure;

class VaultTest {
    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void aSealedTextShowsNothingAndOpensInItsPlaceOnly() throws Exception {
        var vault = Vault.random();
        String sealed = vault.seal("p4ssword", "org", "1", "github");
        assertFalse(sealed.contains("p4ssword"));
        assertNotEquals(sealed, vault.seal("p4ssword", "org", "1", "github"));
        assertEquals("p4ssword", vault.open(sealed, "org", "1", "github"));
        assertThrows(Vault.CannotOpen.class, () -> vault.open(sealed, "org", "2", "github"));
        assertThrows(Vault.CannotOpen.class, () -> vault.open(sealed, "org", "1g", "ithub"));
        String cut = sealed.substring(0, sealed.length() - 8);
        assertThrows(Vault.CannotOpen.class, () -> vault.open(cut, "org", "1", "github"));
    }

    @Test
    void aNewKeySealsAndTheOldOneStillOpens() throws Exception {
        String sealed = Vault.of(key(1)).seal("text", "a");
        var both = Vault.of(key(2) + "," + key(1));
        assertEquals("text", both.open(sealed, "a"));
        String renewed = both.seal("text", "a");
        assertEquals("text", Vault.of(key(2)).open(renewed, "a"));
        var refused =
                assertThrows(Vault.CannotOpen.class, () -> Vault.of(key(1)).open(renewed, "a"));
        assertTrue(refused.getMessage().contains("WEIR_MASTER_KEY"));
        assertFalse(refused.getMessage().contains(key(2)));
    }

    @Test
    void theFilesKeyIsMadeOnceAndForItsOwnerOnly(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("secrets/master.key");
        String sealed = Vault.of(file).seal("text", "a");
        assertEquals("text", Vault.of(file).open(sealed, "a"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whatIsNoKeyIsRefusedWithoutBeingShown() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Vault.of("c2hvcnQ="));
        assertFalse(refused.getMessage().contains("c2hvcnQ="));
    }

    @Test
    void aConnectionOfTheStoreIsSealedAndDoesNotOpenUnderAnotherName() throws Exception {
        var store = new MemoryConnections();
        var connections = new SealedConnections(store, Vault.random(), InstantSource.fixed(Instant.EPOCH));
        var given = new Connections.Connection("bot", "github", "bearer", Map.of("token", "t0ken"));
        var entry = connections.put(1, given, "github", "token …");
        assertFalse(entry.sealed().contains("t0ken"));
        assertEquals(given, connections.find(1, "bot").orElseThrow());
        assertTrue(connections.find(2, "bot").isEmpty());
        store.put(
                1,
                new weir.store.Connections.Entry(
                        "thief", entry.integration(), entry.kind(), entry.hint(), entry.sealed(), entry.at()));
        var failure = assertThrows(StepFailure.class, () -> connections.find(1, "thief"));
        assertEquals("sealed_connection", failure.error().code());
        assertFalse(given.toString().contains("t0ken"));
    }
}
