package weir.check;

import weir.model.Type.Basic;
import weir.syntax.Tree.Fence;

/// Functions whose body is a script: what they take, and what the script names.
final class Fences {
    private final Checking checking;

    Fences(Checking checking) {
        this.checking = checking;
    }

    void check(Declarations.Function function, Fence fence) {
        secrets(function);
    }

    /// The sandbox holds no secrets, so that no script can carry one away.
    private void secrets(Declarations.Function function) {
        for (var parameter : function.tree().parameters()) {
            if (!Fitting.fit(checking.types, checking.type(parameter.type()), Basic.JSON)
                    .fits()) {
                checking.report(new EffectProblem.SecretInScript(
                        checking.at(parameter.span()), parameter.name().text()));
            }
        }
    }
}
