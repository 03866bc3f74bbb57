package weir.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Refuses bytes that are not UTF-8. The JSON parser is lenient with some of them (surrogates, overlong forms).
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static void check(byte[] bytes) {
        int i = 0;
        while (i + 8 <= bytes.length && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
            i += 8;
        }
        while (i < bytes.length && bytes[i] >= 0) {
            i++;
        }
        if (i < bytes.length) {
            decode(bytes, i);
        }
    }

    private static void decode(byte[] bytes, int from) {
        var rest = ByteBuffer.wrap(bytes, from, bytes.length - from);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(rest);
        } catch (CharacterCodingException e) {
            throw new JsonProblem(
                    "not_utf8",
                    "the bytes are not UTF-8 (from byte " + rest.position() + " on); send JSON in UTF-8",
                    "",
                    rest.position(),
                    e);
        }
    }
}
