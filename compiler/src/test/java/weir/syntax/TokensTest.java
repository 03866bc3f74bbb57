package weir.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weir.source.Source;
import weir.syntax.Tokens.Kind;
import weir.syntax.Tokens.Piece;

class TokensTest {
    @Test
    void aWordIsAKeywordOnlyWhereItIsReadAsOne() {
        String text = "workflow w(key: string) {\n  step a.key(key: key) {\n    key key\n  }\n}\n";
        List<Kind> kinds = Tokens.of(new Source("text", text)).stream()
                .filter(piece ->
                        text.substring(piece.span().start(), piece.span().end()).equals("key"))
                .map(Piece::kind)
                .toList();
        assertEquals(List.of(Kind.NAME, Kind.PROPERTY, Kind.PROPERTY, Kind.NAME, Kind.KEYWORD, Kind.NAME), kinds);
    }

    @Test
    void templatesCommentsAndScriptsAreWhole() {
        assertEquals(
                List.of(
                        "NAME:a",
                        "OPERATOR:+",
                        "STRING:`x ",
                        "PUNCTUATION:${",
                        "NAME:b",
                        "PUNCTUATION:}",
                        "STRING: y`"),
                pieces("let c = a + `x ${b} y`").subList(3, 10));
        assertEquals(List.of("COMMENT:/* a\n b */", "DOC:/// d"), pieces("/* a\n b */\n/// d"));
        assertEquals(
                "SCRIPT:```js\n1\n```",
                pieces("function f() -> int\n```js\n1\n```").getLast());
        assertEquals("TYPE:int", pieces("function f() -> int = 1").get(5));
    }

    @Test
    void piecesAreInOrderAndLeaveOutOnlyWhiteSpace() throws IOException {
        String forms = Files.readString(ParserTest.forms());
        check(forms);
        for (int seed = 0; seed < 200; seed++) {
            check(Mutations.mutate(ProgramGenerator.program(seed, true), new Random(seed)));
        }
    }

    private static void check(String text) {
        int end = 0;
        for (Piece piece : Tokens.of(new Source("text", text))) {
            assertTrue(piece.span().start() >= end);
            assertTrue(isSpace(text.substring(end, piece.span().start())), () -> text);
            end = piece.span().end();
        }
        assertTrue(isSpace(text.substring(end)));
    }

    private static boolean isSpace(String text) {
        return text.chars()
                .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xfeff || c == 0x200b);
    }

    private static List<String> pieces(String text) {
        return Tokens.of(new Source("text", text)).stream()
                .map(piece -> piece.kind() + ":"
                        + text.substring(piece.span().start(), piece.span().end()))
                .toList();
    }
}
