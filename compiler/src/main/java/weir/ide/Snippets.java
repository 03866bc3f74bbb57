package weir.ide;

import java.util.Map;
import weir.check.Lookup;
import weir.check.Signature;

/// What editors put in the place of a word, with places to fill in.
final class Snippets {
    private static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("if", "if (${1:condition}) {\n  $0\n}"),
            Map.entry("switch", "switch (${1:value}) {\n  case ${2:value} {\n    $0\n  }\n}"),
            Map.entry("for", "for ${1:item} of ${2:list} {\n  $0\n}"),
            Map.entry("parallel", "parallel {\n  ${1:first} {\n    $0\n  }\n  ${2:second} {\n  }\n}"),
            Map.entry("race", "race {\n  ${1:first} {\n    $0\n  }\n  ${2:second} {\n  }\n}"),
            Map.entry("try", "try {\n  $0\n} catch error {\n}"),
            Map.entry("repeat", "repeat at most ${1:10} times every ${2:1m} {\n  $0\n}"),
            Map.entry(
                    "split",
                    "split \"${1:experiment}\" by ${2:key} {\n  ${3:control} 50% {\n    $0\n  }\n  ${4:fresh} 50% {\n  }\n}"),
            Map.entry("emit", "emit \"${1:event}\" { $0 }"),
            Map.entry("wait for", "wait for \"${1:event}\" up to ${2:1d}"),
            Map.entry("ask", "ask `${1:question}` of role(\"${2:role}\") up to ${3:1d}"),
            Map.entry("case", "case ${1:value} {\n  $0\n}"),
            Map.entry("on error", "on error {\n  $0\n}"),
            Map.entry("retry", "retry ${1:3} times from ${2:1s}"));

    private static final Map<String, String> HEADS = Map.of(
            "on webhook", "on webhook(method: \"${1:POST}\", path: \"/${2:path}\")",
            "on schedule", "on schedule(cron: \"${1:0 9 * * 1-5}\", zone: \"${2:Europe/Berlin}\")",
            "on event", "on event(\"${1:name}\")",
            "on failure", "on failure {\n  $0\n}",
            "at most", "at most ${1:10} at once");

    private static final Map<String, String> DECLARATIONS = Map.of(
            "workflow", "workflow ${1:name}(${2:input}: ${3:string}) {\n  $0\n}",
            "rules",
                    "rules ${1:name}(${2:input}: ${3:number}) -> { ${4:output}: ${5:string} } first {\n"
                            + "  | ${2:input} || ${4:output} |\n  | --- || --- |\n  | $0 || |\n  | else || |\n}",
            "type", "type ${1:Name} = { ${2:field}: ${3:string} }",
            "function", "function ${1:name}(${2:input}: ${3:number}) -> ${4:number} = $0",
            "policy", "policy ${1:name} {\n  retry ${2:3} times from ${3:1s}\n}",
            "settings", "settings {\n  ${1:name}: ${2:string}\n}",
            "test", "test \"${1:what it shows}\" {\n  run ${2:workflow}($3)\n  expect $0\n}");

    private Snippets() {}

    /// For a word that begins a line, or an effect; empty where the word alone is meant.
    static String of(String word, Position position) {
        if (position.bracket() == ' ' && position.isLineStart()) {
            return DECLARATIONS.getOrDefault(word, "");
        }
        String head = HEADS.get(word);
        boolean policy = word.equals("at most") && !position.opener().startsWith("workflow ");
        return head != null && !policy ? head : STATEMENTS.getOrDefault(word, "");
    }

    /// A call with its required arguments by name.
    static String call(Signature signature) {
        var text = new StringBuilder(signature.name()).append('(');
        int place = 1;
        for (var parameter : signature.parameters()) {
            if (!parameter.optional()) {
                text.append(place == 1 ? "" : ", ")
                        .append(parameter.name())
                        .append(": ${")
                        .append(place++)
                        .append('}');
            }
        }
        boolean takes = place == 1 && !signature.parameters().isEmpty();
        return text.append(takes ? "$1)" : ")").toString();
    }

    /// A call of something built in.
    static String invocation(Lookup.Member member) {
        return member.type().startsWith(member.name() + "()") ? member.name() + "()" : invocation(member.name());
    }

    /// A call whose arguments have no names.
    static String invocation(String name) {
        return name + "($1)";
    }
}
