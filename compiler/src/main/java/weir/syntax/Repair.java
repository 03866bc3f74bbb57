package weir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/// A guess at a mistake: what it is, and which tokens would stand there without it. Guesses are tried before they are
/// told.
///
/// @param from the first token to replace
/// @param to the one after the last
/// @param with what is read in their place
record Repair(SyntaxProblem problem, int from, int to, List<Token> with) {
    Repair {
        with = List.copyOf(with);
    }

    List<Token> apply(List<Token> tokens) {
        List<Token> result = new ArrayList<>(tokens.size() + with.size());
        result.addAll(tokens.subList(0, from));
        result.addAll(with);
        result.addAll(tokens.subList(to, tokens.size()));
        return result;
    }

    /// The same for tokens of which some were left out before it.
    Repair shifted(int left) {
        return new Repair(problem, from - left, to - left, with);
    }

    /// Where a token behind the replaced ones stands afterwards.
    int moved(int index) {
        return index - (to - from) + with.size();
    }
}
