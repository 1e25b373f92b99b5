package app.recado.kernel.production;

import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Stops a start in production that would run with something made for development, and says with what. */
public class ProductionGuard implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var broken = ProductionRules.broken(context.getEnvironment());
        if (!broken.isEmpty()) {
            throw new NotForProduction(broken);
        }
    }

    /** Each sentence names the variable to correct. */
    static final class NotForProduction extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NotForProduction(List<String> broken) {
            super(String.join("\n", broken));
        }
    }

    /** Prints the sentences instead of a stack trace. */
    public static class Explanation extends AbstractFailureAnalyzer<NotForProduction> {
        @Override
        protected FailureAnalysis analyze(Throwable root, NotForProduction cause) {
            return new FailureAnalysis(
                    "Recado does not start in production with these settings:\n\n" + cause.getMessage(),
                    "Correct them (docs/configuration.md), or set RECADO_PROFILE=dev on a machine without real clinics.",
                    cause);
        }
    }
}
