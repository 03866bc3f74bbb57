package weir.eval;

import org.jspecify.annotations.Nullable;
import weir.value.Value;

/// Code that tells when it runs.
final class Probed extends Code {
    private final Code code;
    private final Probe probe;

    Probed(Code code, Probe probe) {
        super(code.at);
        this.code = code;
        this.probe = probe;
    }

    @Override
    Kind kind() {
        return code.kind();
    }

    @Override
    Value run(Activation activation) {
        tell();
        return code.run(activation);
    }

    @Override
    double number(Activation activation) {
        tell();
        return code.number(activation);
    }

    @Override
    boolean truth(Activation activation) {
        tell();
        return code.truth(activation);
    }

    @Override
    @Nullable
    Value link(Activation activation) {
        tell();
        return code.link(activation);
    }

    private void tell() {
        probe.reached(at);
        if (FitCode.inner(code) instanceof ScriptCode) {
            probe.unseen(at);
        }
    }
}
