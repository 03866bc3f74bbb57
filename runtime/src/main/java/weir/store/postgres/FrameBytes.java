package weir.store.postgres;

import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import weir.engine.Frame;
import weir.engine.FrameJson;

/// Frames as bytes of a row: JSON as it is (it begins with `{`), or from 2 KiB compressed: a byte 1, the length of the
/// JSON in four bytes, an LZ4 block.
final class FrameBytes {
    private static final int COMPRESSED = 1;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int THRESHOLD = 2 << 10;
    /// Longer than anything that is ever written: whoever reads does not believe a length blindly.
    private static final int LIMIT = 256 << 20;

    /// The one without native code and without Unsafe.
    private static final LZ4Factory LZ4 = LZ4Factory.safeInstance();

    private FrameBytes() {}

    static byte[] write(Frame frame) {
        return pack(FrameJson.bytes(frame));
    }

    static Frame read(int seq, byte[] bytes) {
        return FrameJson.read(seq, unpack(bytes));
    }

    static byte[] pack(byte[] json) {
        if (json.length < THRESHOLD) {
            return json;
        }
        var compressor = LZ4.fastCompressor();
        var packed = new byte[HEADER + compressor.maxCompressedLength(json.length)];
        ByteBuffer.wrap(packed).put((byte) COMPRESSED).putInt(json.length);
        int length = HEADER + compressor.compress(json, 0, json.length, packed, HEADER);
        return length < json.length ? Arrays.copyOf(packed, length) : json;
    }

    static byte[] unpack(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != COMPRESSED) {
            return bytes;
        }
        int length = bytes.length < HEADER
                ? -1
                : ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        if (length < 0 || length > LIMIT) {
            throw new IllegalStateException("a frame of the journal is damaged: it says it has " + length + " bytes");
        }
        var json = new byte[length];
        try {
            LZ4.safeDecompressor().decompress(bytes, HEADER, bytes.length - HEADER, json, 0, length);
        } catch (LZ4Exception damaged) {
            throw new IllegalStateException("a frame of the journal is damaged", damaged);
        }
        return json;
    }
}
