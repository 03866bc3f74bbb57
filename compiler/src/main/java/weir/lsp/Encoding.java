package weir.lsp;

import java.util.List;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.jspecify.annotations.Nullable;

/// How a client counts the characters of a line.
enum Encoding {
    UTF16(PositionEncodingKind.UTF16),
    UTF8(PositionEncodingKind.UTF8);

    private final String word;

    Encoding(String word) {
        this.word = word;
    }

    /// As the protocol calls it.
    String word() {
        return word;
    }

    /// The first that both know; every client knows UTF-16.
    static Encoding of(@Nullable List<String> offered) {
        if (offered != null) {
            for (String each : offered) {
                for (Encoding encoding : values()) {
                    if (encoding.word.equals(each)) {
                        return encoding;
                    }
                }
            }
        }
        return UTF16;
    }

    /// The units of what stands before an offset in a line.
    int units(String line, int offset) {
        if (this == UTF16) {
            return offset;
        }
        int units = 0;
        for (int at = 0; at < offset; ) {
            int point = line.codePointAt(at);
            units += bytes(point);
            at += Character.charCount(point);
        }
        return units;
    }

    /// The offset in a line behind so many units; the line's end when it has fewer.
    int offset(String line, int units) {
        if (this == UTF16) {
            return Math.min(units, line.length());
        }
        int seen = 0;
        int at = 0;
        while (at < line.length() && seen < units) {
            int point = line.codePointAt(at);
            seen += bytes(point);
            at += Character.charCount(point);
        }
        return at;
    }

    private static int bytes(int point) {
        return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
}
