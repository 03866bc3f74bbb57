package weir.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Did you mean …? Finds known names that resemble an unknown one.
///
/// The measure is the Damerau–Levenshtein distance in its restricted form (optimal string alignment): insertions,
/// deletions, replacements and swaps of neighbours count one each. Capitals and underscores count nothing, so
/// `createIssue` finds `create_issue`. A third of a name's letters may be wrong, and at least one. Of two
/// names as near, the one whose beginning was typed comes first.
public final class Nearest {
    /// Longer names are typed by machines.
    private static final int LONGEST = 100;

    private Nearest() {}

    /// The known name that resembles the unknown one most, if any does.
    public static Optional<String> to(String unknown, Collection<String> known) {
        return ranked(unknown, known).stream().findFirst();
    }

    /// All known names that resemble the unknown one, the nearest first.
    public static List<String> ranked(String unknown, Collection<String> known) {
        if (unknown.isEmpty() || unknown.length() > LONGEST) {
            return List.of();
        }
        record Ranked(String name, int distance, boolean cutShort) {}
        String folded = fold(unknown);
        int limit = Math.max(1, folded.length() / 3);
        return known.stream()
                .distinct()
                .filter(name -> !name.equals(unknown) && !name.isEmpty() && name.length() <= LONGEST)
                .map(name -> new Ranked(
                        name, distance(folded, fold(name), limit), fold(name).startsWith(folded)))
                .filter(ranked -> ranked.distance <= limit && ranked.distance < folded.length())
                .sorted(Comparator.comparingInt(Ranked::distance)
                        .thenComparing(ranked -> !ranked.cutShort)
                        .thenComparing(Ranked::name))
                .map(Ranked::name)
                .toList();
    }

    private static String fold(String name) {
        String plain = name.replace("_", "").toLowerCase(Locale.ROOT);
        return plain.isEmpty() ? name : plain;
    }

    /// The distance, or any number above the limit when it is above it.
    static int distance(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
