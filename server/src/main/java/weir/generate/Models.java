package weir.generate;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Gives the model that the settings name. Nothing of its library is loaded before the first question.
public final class Models {
    private Models() {}

    /// @param key null: every question is answered with what to set
    /// @param address the base URL of an OpenAI-compatible server, or null for OpenAI's
    public static LanguageModel openAi(@Nullable String key, @Nullable String address, String name, Duration timeout) {
        if (key == null) {
            return (conversation, piece) -> {
                throw new ModelProblem(
                        ModelProblem.Code.MODEL_NOT_CONFIGURED,
                        "Set OPENAI_API_KEY to let a model write workflows (and OPENAI_BASE_URL, WEIR_MODEL for another"
                                + " OpenAI-compatible server).");
            };
        }
        return new Later(key, address, name, timeout);
    }

    private static final class Later implements LanguageModel {
        private final java.util.function.Supplier<LanguageModel> make;
        private @Nullable LanguageModel made;

        Later(String key, @Nullable String address, String name, Duration timeout) {
            make = () -> new OpenAiModel(key, address, name, timeout);
        }

        @Override
        public String answer(List<Message> conversation, Consumer<String> piece)
                throws ModelProblem, InterruptedException {
            return model().answer(conversation, piece);
        }

        private synchronized LanguageModel model() {
            var model = made;
            if (model == null) {
                model = make.get();
                made = model;
            }
            return model;
        }
    }
}
