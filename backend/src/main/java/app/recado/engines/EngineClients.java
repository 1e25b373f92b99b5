package app.recado.engines;

import app.recado.kernel.outgoing.AddressGuard;
import app.recado.kernel.outgoing.OutgoingHttp;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** The HTTP clients of this process: one for addresses that configuration alone decides, one for those that people type. */
@Component
public class EngineClients {

    private final OutgoingHttp fixed;
    private final OutgoingHttp guarded;
    private final AddressGuard guard;

    EngineClients(EngineSettings settings) {
        this.guard =
                new AddressGuard(settings.production(), settings.evolution().allowedHosts());
        this.fixed = new OutgoingHttp(settings.connectTimeout(), settings.answerTimeout(), AddressGuard.none());
        this.guarded = new OutgoingHttp(settings.connectTimeout(), settings.answerTimeout(), guard);
    }

    /** For addresses that configuration alone decides. */
    public OutgoingHttp fixed() {
        return fixed;
    }

    /** For addresses that people type: resolves none that is not public. */
    public OutgoingHttp guarded() {
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
