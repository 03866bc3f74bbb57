package weir.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;
import weir.syntax.antlr.WeirLexer;
import weir.syntax.antlr.WeirParser;

/// Sentences that the grammar gives when it is walked at random: whatever it allows turns up, also what nobody thought
/// of. Behind a budget of tokens the walk takes the shortest way out.
final class GrammarSentences {
    private static final List<String> NAMES =
            List.of("order", "total", "x", "items", "customer", "a", "b", "key", "step_1", "http", "result", "error");
    private static final List<String> STRINGS =
            List.of("\"\"", "\"a\"", "'b'", "\"gold\"", "\"order.paid\"", "\"\\n\"");
    private static final List<String> NUMBERS = List.of("0", "1", "42", "0.5", "1_000", "0xff", "1e3");
    private static final List<String> FOREIGN = List.of("new", "this", "const", "while", "await", "class");

    /// The fewest tokens from a state to the end of its rule.
    private static final int[] SHORTEST = measured();

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private int budget;

    GrammarSentences(Random random) {
        this.random = random;
    }

    /// @param tokens about how long it becomes
    String file(int tokens) {
        out.setLength(0);
        budget = tokens;
        while (budget > 0) {
            walk(WeirParser._ATN.ruleToStartState[WeirParser.RULE_declaration], 0);
            out.append('\n');
        }
        return out.toString();
    }

    private static int[] measured() {
        int[] shortest = new int[WeirParser._ATN.states.size()];
        Arrays.fill(shortest, Integer.MAX_VALUE / 4);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (ATNState state : WeirParser._ATN.states) {
                int least = state instanceof RuleStopState ? 0 : shortest[state.stateNumber];
                for (Transition transition : state.getTransitions()) {
                    least = state instanceof RuleStopState ? 0 : Math.min(least, cost(transition, shortest));
                }
                changed |= least < shortest[state.stateNumber];
                shortest[state.stateNumber] = least;
            }
        }
        return shortest;
    }

    private static int cost(Transition transition, int[] shortest) {
        if (transition instanceof RuleTransition rule) {
            return shortest[rule.target.stateNumber] + shortest[rule.followState.stateNumber];
        }
        boolean never = !transition.isEpsilon() && choices(transition).length == 0;
        return never
                ? Integer.MAX_VALUE / 4
                : shortest[transition.target.stateNumber] + (transition.isEpsilon() ? 0 : 1);
    }

    private void walk(ATNState start, int depth) {
        ATNState state = start;
        while (!(state instanceof RuleStopState)) {
            Transition taken = choose(state, depth);
            if (taken instanceof RuleTransition rule) {
                walk(rule.target, depth + 1);
                state = rule.followState;
            } else {
                if (!taken.isEpsilon()) {
                    int[] types = choices(taken);
                    write(types[random.nextInt(types.length)]);
                }
                state = taken.target;
            }
        }
    }

    private Transition choose(ATNState state, int depth) {
        List<Transition> all = List.of(state.getTransitions());
        if (budget > 0 && depth < 60) {
            List<Transition> possible = all.stream()
                    .filter(one -> cost(one, SHORTEST) < Integer.MAX_VALUE / 8)
                    .toList();
            return possible.get(random.nextInt(possible.size()));
        }
        return all.stream()
                .min((a, b) -> Integer.compare(cost(a, SHORTEST), cost(b, SHORTEST)))
                .orElseThrow();
    }

    /// The kinds of token that a transition takes and a text can give.
    private static int[] choices(Transition transition) {
        IntervalSet label = transition.label();
        return label == null
                ? new int[0]
                : label.toList().stream()
                        .mapToInt(Integer::intValue)
                        .filter(type -> type != WeirLexer.BROKEN && type != Token.EOF)
                        .toArray();
    }

    private void write(int type) {
        budget--;
        boolean inTemplate = type == WeirLexer.TEMPLATE_TEXT || type == WeirLexer.TEMPLATE_NL;
        if (!inTemplate && !out.isEmpty()) {
            out.append(random.nextInt(12) == 0 ? "\n  " : " ");
        }
        out.append(
                switch (type) {
                    case WeirLexer.ID -> pick(NAMES);
                    case WeirLexer.STRING -> pick(STRINGS);
                    case WeirLexer.NUMBER -> pick(NUMBERS);
                    case WeirLexer.DURATION -> pick(List.of("5m", "1h30m", "250ms", "3d"));
                    case WeirLexer.JS_WORD -> pick(FOREIGN);
                    case WeirLexer.RULE -> "---";
                    case WeirLexer.FENCE_OPEN -> "```js\n";
                    case WeirLexer.FENCE_CLOSE -> "\n```";
                    case WeirLexer.FENCE_TEXT, WeirLexer.TEMPLATE_TEXT -> "return 1";
                    case WeirLexer.FENCE_NL, WeirLexer.TEMPLATE_NL -> "\n";
                    default -> literal(type);
                });
    }

    private static String literal(int type) {
        String name = WeirLexer.VOCABULARY.getLiteralName(type);
        return name == null
                ? "x"
                : name.substring(1, name.length() - 1).replace("\\'", "'").replace("\\\\", "\\");
    }

    private String pick(List<String> items) {
        return items.get(random.nextInt(items.size()));
    }
}
