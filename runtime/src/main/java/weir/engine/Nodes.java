package weir.engine;

import org.jspecify.annotations.Nullable;
import weir.graph.Node;

/// What people call nodes.
final class Nodes {
    private Nodes() {}

    static String kind(Node node) {
        return switch (node) {
            case Node.Let _ -> "let";
            case Node.Step _, Node.Child _ -> "step";
            case Node.Ask _ -> "ask";
            case Node.WaitFor _, Node.Wait _, Node.WaitUntil _ -> "wait";
            case Node.If _ -> "if";
            case Node.Switch _ -> "switch";
            case Node.For _ -> "for";
            case Node.Repeat _ -> "repeat";
            case Node.Parallel _ -> "parallel";
            case Node.Race _ -> "race";
            case Node.Split _ -> "split";
            case Node.Try _ -> "try";
            case Node.Emit _ -> "emit";
            case Node.Log _ -> "log";
            case Node.Return _ -> "return";
            case Node.Yield _ -> "yield";
            case Node.Fail _ -> "fail";
        };
    }

    /// What it calls, or null when it calls nothing.
    static @Nullable String action(Node node) {
        return switch (node) {
            case Node.Step step -> step.integration() + "." + step.action();
            case Node.Child child -> child.workflow();
            case Node.Let _,
                    Node.Ask _,
                    Node.WaitFor _,
                    Node.Wait _,
                    Node.WaitUntil _,
                    Node.If _,
                    Node.Switch _,
                    Node.For _,
                    Node.Repeat _,
                    Node.Parallel _,
                    Node.Race _,
                    Node.Split _,
                    Node.Try _,
                    Node.Emit _,
                    Node.Log _,
                    Node.Return _,
                    Node.Yield _,
                    Node.Fail _ -> null;
        };
    }

    /// What later expressions call its value, or null.
    static @Nullable String name(Node node) {
        return switch (node) {
            case Node.Let let -> let.name();
            case Node.Step step -> step.name();
            case Node.Child child -> child.name();
            case Node.Ask ask -> ask.name();
            case Node.WaitFor wait -> wait.name();
            case Node.If choice -> choice.name();
            case Node.Switch choice -> choice.name();
            case Node.For loop -> loop.name();
            case Node.Repeat repeat -> repeat.name();
            case Node.Race race -> race.name();
            case Node.Split split -> split.name();
            case Node.Try tried -> tried.name();
            case Node.Wait _,
                    Node.WaitUntil _,
                    Node.Parallel _,
                    Node.Emit _,
                    Node.Log _,
                    Node.Return _,
                    Node.Yield _,
                    Node.Fail _ -> null;
        };
    }
}
