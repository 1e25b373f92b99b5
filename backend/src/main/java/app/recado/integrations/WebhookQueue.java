package app.recado.integrations;

import app.recado.kernel.jobs.Jobs;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Has an endpoint's deliveries looked at. One job an endpoint, so that a slow one keeps no other waiting. */
@Component
class WebhookQueue {

    /** The name of its jobs. */
    static final String JOB = "webhook-delivery";

    private final Jobs jobs;

    WebhookQueue(Jobs jobs) {
        this.jobs = jobs;
    }

    /** Has what is due at an endpoint delivered; part of the caller's transaction. */
    void look(UUID endpointId, Instant at) {
        jobs.lookAt(JOB, endpointId, at);
    }
}
