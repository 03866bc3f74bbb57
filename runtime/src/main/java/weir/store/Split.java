package weir.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import weir.value.Json;
import weir.value.ListValue;
import weir.value.NumberValue;
import weir.value.RecordValue;
import weir.value.StringValue;
import weir.value.Value;

/// How the starts of a workflow are shared among its versions: the same key always takes the same version, and when
/// shares change only those keys move that have to.
///
/// Each version draws a number for a key, from a hash of both, stretched by its weight; the highest wins (weighted
/// rendezvous hashing). A key changes its version only when another one's number becomes the highest.
///
/// @param by where the key of a start comes from: `Idempotency-Key` or another header's name, or `input.` with the path
/// of a field
/// @param shares at least two, of different versions
public record Split(String by, List<Share> shares) {
    private static final double STEPS = 0x1.0p53;

    public Split {
        shares = List.copyOf(shares);
        var versions = new HashSet<Integer>();
        shares.forEach(share -> versions.add(share.version()));
        if (by.isBlank() || shares.size() < 2 || versions.size() < shares.size()) {
            throw new IllegalArgumentException("a split has a key and at least two versions, each once");
        }
    }

    /// @param weight above 0, compared with the others'
    public record Share(int version, double weight) {
        public Share {
            if (!(weight > 0) || weight > 1e6) {
                throw new IllegalArgumentException("a weight is a number above 0");
            }
        }
    }

    /// The number of the version that a key takes.
    ///
    /// @param salt what else the key belongs to, so that splits of several workflows are not the same people
    public int choose(String salt, String key) {
        int chosen = shares.getFirst().version();
        double highest = Double.NEGATIVE_INFINITY;
        for (var share : shares) {
            double score = -share.weight() / Math.log(drawn(salt + "\n" + share.version() + "\n" + key));
            if (score > highest) {
                highest = score;
                chosen = share.version();
            }
        }
        return chosen;
    }

    /// Above 0 and below 1.
    private static double drawn(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << 8 | hash[i] & 0xff;
            }
            return ((bits >>> 11) + 0.5) / STEPS;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// `{ by, shares: [{ version, weight }] }`
    public RecordValue json() {
        var list = new ArrayList<Value>();
        shares.forEach(share -> list.add(RecordValue.builder()
                .put("version", Value.of(share.version()))
                .put("weight", Value.of(share.weight()))
                .build()));
        return RecordValue.builder()
                .put("by", Value.of(by))
                .put("shares", ListValue.of(list))
                .build();
    }

    public String text() {
        return Json.text(json());
    }

    public static Split read(String text) {
        return of((RecordValue) Json.read(text));
    }

    /// @throws IllegalArgumentException saying what is wrong
    public static Split of(RecordValue json) {
        var shares = new ArrayList<Share>();
        if (json.get("by") instanceof StringValue(String by) && json.get("shares") instanceof ListValue list) {
            for (var one : list) {
                if (!(one instanceof RecordValue share
                        && share.get("version") instanceof NumberValue(double version)
                        && version == Math.rint(version)
                        && share.get("weight") instanceof NumberValue(double weight))) {
                    throw new IllegalArgumentException("a share is { version, weight }");
                }
                shares.add(new Share((int) version, weight));
            }
            return new Split(by, shares);
        }
        throw new IllegalArgumentException("a split is { by, shares: [{ version, weight }] }");
    }
}
