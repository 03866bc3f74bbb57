package weir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The table of `bench/inputs` as texts: of Weir, and of Java as a person would write it.
final class TableTexts {
    static final String RULES = "pricing";

    private static final List<String> COLUMNS = List.of("age", "amount", "score", "country", "tier", "channel");

    private static final int ROWS_A_METHOD = 20;

    private TableTexts() {}

    /// A rule set; what matches no row of the table falls to its last one.
    static String weir(JsonNode table) {
        var text = new StringBuilder("rules " + RULES
                + "(age: number, amount: number, score: number, country: string, tier: string, channel: string)"
                + " -> { discount: number, code: string } first {\n");
        text.append("  | ").append(String.join(" | ", COLUMNS)).append(" || discount | code |\n");
        text.append("  | --- | --- | --- | --- | --- | --- || --- | --- |\n");
        for (var rule : table.get("rules")) {
            var out = rule.get("out");
            text.append("  | ")
                    .append(COLUMNS.stream()
                            .map(column -> cell(rule.get(column)))
                            .collect(Collectors.joining(" | ")))
                    .append(" || ")
                    .append(out.get("discount"))
                    .append(" | ")
                    .append(out.get("code"))
                    .append(" |\n");
        }
        return text.append("  | else | | | | | || 0 | \"none\" |\n}\n").toString();
    }

    private static String cell(JsonNode cell) {
        if (cell.isNull()) {
            return "-";
        }
        if (cell.isNumber()) {
            return ">= " + cell;
        }
        if (cell.isArray() && cell.get(0).isNumber()) {
            return cell.get(0) + " ..< " + cell.get(1);
        }
        return list(cell).stream().map(JsonNode::toString).collect(Collectors.joining(", "));
    }

    private static List<JsonNode> list(JsonNode cell) {
        return cell.isArray() ? StreamSupport.stream(cell.spliterator(), false).toList() : List.of(cell);
    }

    /// A class with one long chain of conditions, in methods of a size that the virtual machine still compiles.
    static String java(JsonNode table, String name) {
        var text = new StringBuilder("""
                import weir.bench.Rules.Customer;
                import weir.bench.Rules.Price;
                public final class %s implements weir.bench.Rules.ByHand {
                """.formatted(name));
        List<String> parts = new ArrayList<>();
        int rows = 0;
        for (var rule : table.get("rules")) {
            if (rows++ % ROWS_A_METHOD == 0) {
                text.append(parts.isEmpty() ? "" : "        return null;\n    }\n");
                parts.add("part" + parts.size());
                text.append("    private static Price %s(Customer c) {\n".formatted(parts.getLast()));
            }
            List<String> conditions = new ArrayList<>();
            COLUMNS.forEach(column -> condition(column, rule.get(column), conditions));
            var out = rule.get("out");
            text.append("        if (%s) return new Price(%s, %s);\n"
                    .formatted(
                            conditions.isEmpty() ? "true" : String.join(" && ", conditions),
                            out.get("discount"),
                            out.get("code")));
        }
        text.append("        return null;\n    }\n    public Price decide(Customer c) {\n        Price price;\n");
        parts.forEach(part -> text.append("        if ((price = %s(c)) != null) return price;\n".formatted(part)));
        return text.append("        return new Price(0, \"none\");\n    }\n}\n").toString();
    }

    private static void condition(String column, JsonNode cell, List<String> conditions) {
        String value = "c." + column + "()";
        if (cell.isNumber()) {
            conditions.add(value + " >= " + cell);
        } else if (cell.isArray() && cell.get(0).isNumber()) {
            conditions.add("%s >= %s && %s < %s".formatted(value, cell.get(0), value, cell.get(1)));
        } else if (!cell.isNull()) {
            conditions.add(list(cell).stream()
                    .map(one -> String.format(Locale.ROOT, "%s.equals(%s)", value, one))
                    .collect(Collectors.joining(" || ", "(", ")")));
        }
    }
}
