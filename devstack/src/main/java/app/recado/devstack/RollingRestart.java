package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;
import java.time.Duration;
import java.util.Map;

/**
 * Starts one replica after another again, as a cluster rolls out: each is taken out of its address, stopped politely, and put
 * back once it is ready.
 */
final class RollingRestart {
    private static final Duration DRAINED = Duration.ofSeconds(5);
    private static final Duration READY = Duration.ofSeconds(60);

    private final Stack stack;

    RollingRestart(Stack stack) {
        this.stack = stack;
    }

    void restart(BackendProcess backend, Map<String, String> settings) {
        stack.withdraw(Port.HTTP, backend.port(), DRAINED);
        backend.restart(settings);
        if (!Waiting.until(READY, () -> HttpProbe.answers(backend.url() + "/api/readiness"))) {
            throw new DevstackException("A backend is not ready: " + backend.logTail(20));
        }
        stack.giveBack(Port.HTTP, backend.port());
    }

    void restart(GatewayProcess gateway, Map<String, String> settings) {
        stack.withdraw(Port.GATEWAY, gateway.port(), DRAINED);
        gateway.restart(settings);
        stack.giveBack(Port.GATEWAY, gateway.port());
    }
}
