package weir.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import weir.graph.Node;

/// Which branch of a `split` a key takes: always the same one for the same experiment, on every machine.
final class Buckets {
    private Buckets() {}

    /// The number of a share. The shares lie side by side from 0 to 100 in the order written; the last one has what
    /// is left of rounding.
    static int choose(String experiment, String key, List<Node.Share> shares) {
        double point = point(experiment, key);
        double end = 0;
        for (int i = 0; i < shares.size() - 1; i++) {
            end += shares.get(i).percent();
            if (point < end) {
                return i;
            }
        }
        return shares.size() - 1;
    }

    /// Where a key lies from 0 to below 100: the first 53 bits of the SHA-256 of both, with a zero byte between
    /// them.
    static double point(String experiment, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((experiment + "\0" + key).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53 * 100;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
