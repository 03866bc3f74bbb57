package weir.worker;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weir.worker.AddressRules.Range;

class AddressRulesTest {
    private static final AddressRules PUBLIC_ONLY = new AddressRules(false, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "::1",
                "::ffff:127.0.0.1",
                "0.0.0.0",
                "::",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "169.254.169.254",
                "::ffff:169.254.169.254",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "ff02::1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2002:a9fe:a9fe::",
                "::a00:1"
            })
    void aWorkflowReachesOnlyPublicAddresses(String address) throws Exception {
        var inet = InetAddress.getByName(address);
        var refused = assertThrows(StepFailure.class, () -> PUBLIC_ONLY.check("host.example", inet));
        assertEquals("egress_denied", refused.error().code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.255.255",
                "2001:4860:4860::8888",
                "64:ff9b::808:808",
                "2002:808:808::"
            })
    void publicAddressesAreReached(String address) throws Exception {
        var inet = InetAddress.getByName(address);
        assertDoesNotThrow(() -> PUBLIC_ONLY.check("host.example", inet));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "::1, true",
        "10.1.2.3, true",
        "10.2.0.1, false",
        "169.254.169.254, false",
        "192.168.0.1, false"
    })
    void theOperatorAllowsLoopbackAndPrivateRangesButNeverMetadata(String address, boolean reached) throws Exception {
        var rules = new AddressRules(true, List.of(Range.of("10.1.0.0/16"), Range.of("169.254.0.0/16")));
        var inet = InetAddress.getByName(address);
        if (reached) {
            assertDoesNotThrow(() -> rules.check("host.example", inet));
        } else {
            assertThrows(StepFailure.class, () -> rules.check("host.example", inet));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/40", "example.com/8", "10.0.0.0/x", "/8"})
    void whatIsNoRangeIsRefusedWithASentence(String text) {
        var wrong = assertThrows(IllegalArgumentException.class, () -> Range.of(text));
        assertEquals(true, wrong.getMessage().contains("\"" + text + "\""));
    }
}
