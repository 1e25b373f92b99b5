package app.recado.engines;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** The HTTP clients of this process: one for addresses that configuration alone decides, one for those that people type. */
@Component
public class EngineClients {

    private final EngineHttp fixed;
    private final EngineHttp guarded;
    private final AddressGuard guard;

    EngineClients(EngineSettings settings) {
        this.guard =
                new AddressGuard(settings.production(), settings.evolution().allowedHosts());
        this.fixed = new EngineHttp(settings.connectTimeout(), settings.answerTimeout(), AddressGuard.none());
        this.guarded = new EngineHttp(settings.connectTimeout(), settings.answerTimeout(), guard);
    }

    /** For addresses that configuration alone decides. */
    public EngineHttp fixed() {
        return fixed;
    }

    /** For addresses that people type: resolves none that is not public. */
    public EngineHttp guarded() {
        return guarded;
    }

    /** What guards the latter. */
    public AddressGuard guard() {
        return guard;
    }

    @PreDestroy
    void close() throws IOException {
        fixed.close();
        guarded.close();
    }
}
