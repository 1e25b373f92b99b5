package app.recado.scheduling;

import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who sees patients in the clinic, and what for. */
@Service
class Practice {

    /** Colours of the console's agenda, given out in turn. */
    private static final int PALETTE = 8;

    private final PractitionerRepository practitioners;
    private final HealthcareServiceRepository services;
    private final LiveHints hints;
    private final Clock clock;

    Practice(PractitionerRepository practitioners, HealthcareServiceRepository services, LiveHints hints, Clock clock) {
        this.practitioners = practitioners;
        this.services = services;
        this.hints = hints;
        this.clock = clock;
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<Practitioner> practitioners() {
        return practitioners.findAllByOrderByDisplayNameAscIdAsc();
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<HealthcareService> services() {
        return services.findAllByOrderByNameAscIdAsc();
    }

    @Transactional
    public Practitioner addPractitioner(String displayName, @Nullable String specialty) {
        int colour = Math.toIntExact(practitioners.count() % PALETTE);
        var practitioner = practitioners.saveAndFlush(new Practitioner(
                displayName.strip(),
                specialty == null || specialty.isBlank() ? null : specialty.strip(),
                colour,
                clock.instant(),
                Caller.current().subject()));
        hints.changed(LiveHints.Kind.PRACTITIONER, practitioner.id());
        return practitioner;
    }

    @Transactional
    public HealthcareService addService(String name, int durationMinutes) {
        var service = services.saveAndFlush(new HealthcareService(
                name.strip(), durationMinutes, clock.instant(), Caller.current().subject()));
        hints.changed(LiveHints.Kind.HEALTHCARE_SERVICE, service.id());
        return service;
    }
}
