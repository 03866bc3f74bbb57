package weir.generate;

import java.util.List;
import java.util.function.Consumer;

/// A model that continues a conversation.
public interface LanguageModel {
    enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    record Message(Role role, String text) {}

    /// @param piece gets the answer as it comes, in pieces
    /// @return the whole answer
    /// @throws ModelProblem when there is no answer, or only a part of one
    String answer(List<Message> conversation, Consumer<String> piece) throws ModelProblem, InterruptedException;
}
