package weir.model;

import java.util.ArrayList;
import java.util.List;
import weir.model.Type.Basic;
import weir.model.Type.Field;

/// What a person who is asked answers.
public final class Answers {
    private static final List<Field> STANDARD = List.of(
            new Field("approved", Basic.BOOLEAN, false, "Whether the person agreed."),
            new Field("by", Basic.STRING, false, "Who answered."),
            new Field("comment", Basic.STRING, true, "What they wrote."));

    private Answers() {}

    /// @param more the fields that the `ask` names itself; they take the place of standard ones of the same name
    public static Type.RecordOf type(List<Field> more) {
        var fields = new ArrayList<>(STANDARD);
        fields.removeIf(standard -> more.stream().anyMatch(field -> field.name().equals(standard.name())));
        fields.addAll(more);
        return new Type.RecordOf(fields);
    }
}
