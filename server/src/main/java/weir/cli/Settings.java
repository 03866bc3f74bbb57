package weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import weir.eval.Budget;
import weir.integrations.Vault;
import weir.server.Config;
import weir.value.Json;
import weir.value.JsonProblem;
import weir.value.RecordValue;
import weir.value.Value;
import weir.worker.AddressRules;

/// What the environment says about running workflows, besides what [weir.server.Config] holds.
///
/// | variable | meaning |
/// | --- | --- |
/// | `WEIR_SETTINGS` | what `settings` declarations read: a JSON object, or a file that holds one |
/// | `WEIR_MASTER_KEY` | what seals connections: 32 bytes in base64; after a comma, older ones that still open |
/// | `WEIR_FILES` | the folder that `file.*` reads and writes |
/// | `WEIR_EVALUATION_…` | what one evaluation of an expression may take, see [Budget] |
/// | `WEIR_EGRESS_ALLOW` | private ranges of addresses that steps may reach, such as `10.0.0.0/8, fd00::/8` |
///
/// @param values for `settings` declarations
/// @param allowed ranges
/// @param folder what `file.*` reads and writes, or null: nothing
record Settings(
        RecordValue values,
        List<AddressRules.Range> allowed,
        @Nullable Path folder) {
    /// What one evaluation of an expression may take.
    static Budget budget(Terminal terminal) throws Failure {
        try {
            return Config.budget(terminal.environment());
        } catch (Config.Unusable wrong) {
            throw Failure.missing(Objects.requireNonNull(wrong.getMessage()));
        }
    }

    static Settings read(Terminal terminal) throws Failure {
        String folder = terminal.variable("WEIR_FILES").strip();
        return new Settings(
                values(terminal),
                ranges(terminal.variable("WEIR_EGRESS_ALLOW")),
                folder.isEmpty() ? null : terminal.folder().resolve(folder));
    }

    /// What seals connections.
    ///
    /// @param data where a key of its own is kept when the environment gives none
    static Vault vault(Terminal terminal, Path data) throws Failure {
        String keys = terminal.variable("WEIR_MASTER_KEY").strip();
        try {
            return keys.isEmpty() ? Vault.of(data.resolve("secrets").resolve("master.key")) : Vault.of(keys);
        } catch (IllegalArgumentException wrong) {
            throw Failure.missing((keys.isEmpty() ? data.resolve("secrets/master.key") : "WEIR_MASTER_KEY") + ": "
                    + wrong.getMessage() + ".");
        } catch (IOException unreadable) {
            throw Failure.missing("the master key in " + data.resolve("secrets") + " cannot be read or made: "
                    + unreadable.getMessage() + "; set WEIR_MASTER_KEY.");
        }
    }

    private static RecordValue values(Terminal terminal) throws Failure {
        String given = terminal.variable("WEIR_SETTINGS").strip();
        if (given.isEmpty()) {
            return RecordValue.EMPTY;
        }
        try {
            Value value = given.startsWith("{") ? Json.read(given) : Json.read(new Texts(terminal).bytes(given));
            if (value instanceof RecordValue record) {
                return record;
            }
        } catch (JsonProblem wrong) {
            throw Failure.missing("WEIR_SETTINGS holds no JSON object: " + wrong.sentence());
        } catch (Failure unreadable) {
            throw Failure.missing("WEIR_SETTINGS: " + unreadable.sentence());
        }
        throw Failure.missing(
                "WEIR_SETTINGS must hold a JSON object, such as {\"region\": \"eu\"}, or name a file that does.");
    }

    private static List<AddressRules.Range> ranges(String text) throws Failure {
        List<AddressRules.Range> ranges = new ArrayList<>();
        for (String range : text.split(",")) {
            if (!range.isBlank()) {
                try {
                    ranges.add(AddressRules.Range.of(range.strip()));
                } catch (IllegalArgumentException wrong) {
                    throw Failure.missing(
                            "WEIR_EGRESS_ALLOW holds \"%s\", which is no range of addresses; it looks like 10.0.0.0/8, 192.168.1.0/24."
                                    .formatted(range.strip()));
                }
            }
        }
        return ranges;
    }

    /// What steps may reach.
    ///
    /// @param loopback whether this machine itself: only while nobody else can make steps do it
    AddressRules addresses(boolean loopback) {
        return new AddressRules(loopback, allowed);
    }
}
