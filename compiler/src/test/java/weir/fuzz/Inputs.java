package weir.fuzz;

import java.util.List;
import java.util.Random;
import weir.syntax.Mutations;
import weir.syntax.ProgramGenerator;

/// One text for each seed.
final class Inputs {
    /// What a text was made by.
    enum Kind {
        TOKENS,
        CHARACTERS,
        SENTENCE,
        SPOILED_SENTENCE,
        PROGRAM,
        COMMENTS,
        NOISE
    }

    record Input(long seed, Kind kind, String text) {}

    private final Corpus corpus;

    Inputs(Corpus corpus) {
        this.corpus = corpus;
    }

    Input of(long seed) {
        // Neighbouring seeds give generators that begin alike.
        var random = new Random(seed * 0x9E3779B97F4A7C15L);
        Kind kind = kind(random);
        return new Input(
                seed,
                kind,
                switch (kind) {
                    case TOKENS -> new TokenMutations(corpus.texts(), random).mutate(text(random));
                    case CHARACTERS -> Mutations.mutate(text(random), random);
                    case SENTENCE -> new GrammarSentences(random).file(5 + random.nextInt(60));
                    case SPOILED_SENTENCE ->
                        new TokenMutations(corpus.texts(), random)
                                .mutate(new GrammarSentences(random).file(5 + random.nextInt(40)));
                    case PROGRAM -> ProgramGenerator.program(seed, true);
                    case COMMENTS -> Gaps.withComments(text(random), random);
                    case NOISE -> noise(random);
                });
    }

    private static Kind kind(Random random) {
        int draw = random.nextInt(20);
        return draw < 8
                ? Kind.TOKENS
                : draw < 13
                        ? Kind.CHARACTERS
                        : draw < 15
                                ? Kind.SENTENCE
                                : draw < 16
                                        ? Kind.SPOILED_SENTENCE
                                        : draw == 16 && random.nextInt(4) == 0
                                                ? Kind.PROGRAM
                                                : draw < 19 ? Kind.COMMENTS : Kind.NOISE;
    }

    private String text(Random random) {
        List<String> texts = corpus.texts();
        return texts.get(random.nextInt(texts.size()));
    }

    private static String noise(Random random) {
        var noise = new StringBuilder();
        for (int i = random.nextInt(120); i > 0; i--) {
            noise.append(Mutations.mutate("", random));
        }
        return noise.toString();
    }
}
