package weir.worker;

import java.util.Map;

/// Secrets from environment variables: `secret("STOCK")` is `WEIR_SECRET_STOCK`.
public final class EnvironmentSecrets implements Handler.Secrets {
    private static final String PREFIX = "WEIR_SECRET_";
    private final Map<String, String> environment;

    public EnvironmentSecrets(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String reveal(String name) throws StepFailure {
        var value = environment.get(PREFIX + name);
        if (value == null) {
            throw StepFailure.permanent(
                    "unknown_secret",
                    "there is no secret \"" + name + "\"; set the environment variable " + PREFIX + name
                            + " where the worker is started");
        }
        return value;
    }
}
