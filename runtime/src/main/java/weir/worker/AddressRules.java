package weir.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Which addresses a workflow may reach. Only public ones, unless the operator allows more: what a text or a payload
/// names must not become a way into the network that the worker stands in.
///
/// @param loopback whether this machine itself may be reached (while the server is on loopback, its user owns both)
/// @param allowed private ranges that the operator allows
public record AddressRules(boolean loopback, List<Range> allowed) {
    public AddressRules {
        allowed = List.copyOf(allowed);
    }

    /// Special-purpose ranges of RFC 6890 and its successors that are never public. Those marked `never` hold the
    /// metadata services of clouds and cannot be allowed.
    private static final List<Special> SPECIAL = List.of(
            never("169.254.0.0/16", "link-local"),
            never("fe80::/10", "link-local"),
            never("fd00:ec2::254/128", "cloud metadata"),
            never("100.100.100.200/32", "cloud metadata"),
            special("0.0.0.0/8", "this network"),
            special("10.0.0.0/8", "private"),
            special("100.64.0.0/10", "carrier-grade NAT"),
            special("172.16.0.0/12", "private"),
            special("192.0.0.0/24", "protocol assignments"),
            special("192.168.0.0/16", "private"),
            special("198.18.0.0/15", "benchmarking"),
            special("224.0.0.0/4", "multicast"),
            special("240.0.0.0/4", "reserved"),
            special("::/128", "unspecified"),
            special("fc00::/7", "private"),
            special("fec0::/10", "private"),
            special("ff00::/8", "multicast"));

    private record Special(Range range, String what, boolean never) {}

    private static Special special(String range, String what) {
        return new Special(Range.of(range), what, false);
    }

    private static Special never(String range, String what) {
        return new Special(Range.of(range), what, true);
    }

    /// @throws StepFailure code `egress_denied` when the address may not be reached
    public void check(String host, InetAddress address) throws StepFailure {
        var real = embedded(address);
        if (real.isLoopbackAddress()) {
            if (!loopback) {
                throw denied(
                        host,
                        "this machine itself",
                        "it may be reached only while the server listens on loopback alone");
            }
            return;
        }
        for (var special : SPECIAL) {
            if (special.range().contains(real)) {
                if (special.never()) {
                    throw denied(host, "a " + special.what() + " address", "such addresses can never be reached");
                }
                if (allowed.stream().noneMatch(range -> range.contains(real))) {
                    throw denied(
                            host,
                            "a " + special.what() + " address",
                            "the operator can allow its range with WEIR_EGRESS_ALLOW");
                }
            }
        }
    }

    private static StepFailure denied(String host, String what, String next) {
        return StepFailure.permanent("egress_denied", "\"" + host + "\" is " + what + "; " + next);
    }

    /// The IPv4 address inside a NAT64 (`64:ff9b::/96`) or 6to4 (`2002::/16`) address, else the address itself.
    private static InetAddress embedded(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != 16) {
            return address;
        }
        int offset = -1;
        if (bytes[0] == 0x20 && bytes[1] == 0x02) {
            offset = 2;
        } else if (Range.of("64:ff9b::/96").contains(address)
                || Range.of("::/96").contains(address)) {
            offset = 12;
        }
        if (offset < 0 || address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return address;
        }
        byte[] four = {bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3]};
        try {
            return InetAddress.getByAddress(four);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A range of addresses in CIDR notation.
    ///
    /// @param bits how many leading bits count
    public record Range(InetAddress base, int bits) {
        /// @param text such as `10.1.0.0/16` or a single address
        /// @throws IllegalArgumentException when it is no range
        public static Range of(String text) {
            int slash = text.indexOf('/');
            var address = slash < 0 ? text : text.substring(0, slash);
            if (!address.matches("[0-9a-fA-F:.]+")) {
                throw new IllegalArgumentException("\"" + text + "\" is no address range; write it like 10.1.0.0/16");
            }
            try {
                var base = InetAddress.getByName(address);
                int width = base.getAddress().length * 8;
                int bits = slash < 0 ? width : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > width) {
                    throw new IllegalArgumentException("\"" + text + "\" has more bits than its address");
                }
                return new Range(base, bits);
            } catch (UnknownHostException | NumberFormatException wrong) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no address range; write it like 10.1.0.0/16", wrong);
            }
        }

        boolean contains(InetAddress address) {
            byte[] mine = base.getAddress();
            byte[] other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >> (i % 8);
                if ((mine[i / 8] & mask) != (other[i / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
