package weir.integrations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import weir.worker.AddressRules;
import weir.worker.StepFailure;

/// Where connections that are no HTTP may lead: the same rules as for requests.
final class Hosts {
    private Hosts() {}

    /// An address of the host, all of whose addresses may be reached.
    static InetAddress checked(AddressRules rules, String host) throws StepFailure {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new StepFailure("unknown_host", "the host \"" + host + "\" cannot be found");
        }
        for (var address : addresses) {
            rules.check(host, address);
        }
        return addresses[0];
    }
}
