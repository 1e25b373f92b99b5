package app.recado.scheduling;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import app.recado.kernel.web.Constraints;
import app.recado.scheduling.HealthcareService.Look;
import app.recado.scheduling.HealthcareService.Timing;
import app.recado.scheduling.directory.Locations;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who sees patients in the clinic, and what for. Both are retired, never deleted: past visits name them. */
@Service
class Practice {

    /** Colours of the console's agenda, given out in turn. */
    static final int PALETTE = 8;

    private final PractitionerRepository practitioners;
    private final HealthcareServiceRepository services;
    private final Locations locations;
    private final JdbcClient jdbc;
    private final LiveHints hints;
    private final Clock clock;

    Practice(
            PractitionerRepository practitioners,
            HealthcareServiceRepository services,
            Locations locations,
            JdbcClient jdbc,
            LiveHints hints,
            Clock clock) {
        this.practitioners = practitioners;
        this.services = services;
        this.locations = locations;
        this.jdbc = jdbc;
        this.hints = hints;
        this.clock = clock;
    }

    /**
     * A service and who offers it.
     *
     * @param practitionerIds in order of their ids; empty when everybody offers it
     * @param roomIds of which it needs one, in order of their ids; empty when it needs none
     * @param locationIds where it is offered, in order of their ids; empty when that is everywhere
     */
    record OfferedService(
            HealthcareService service, List<UUID> practitionerIds, List<UUID> roomIds, List<UUID> locationIds) {}

    /**
     * Who offers a service, and where it can be.
     *
     * @param practitionerIds empty when everybody offers it
     * @param roomIds of which it needs one; empty when it needs none, null for those it has
     * @param locationIds where; empty for everywhere, null for where it is offered already
     */
    record Offering(
            List<UUID> practitionerIds,
            @Nullable List<UUID> roomIds,
            @Nullable List<UUID> locationIds) {}

    /** By name. */
    @Transactional(readOnly = true)
    public List<Practitioner> practitioners() {
        return practitioners.findAllByOrderByDisplayNameAscIdAsc();
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public Practitioner practitioner(UUID id) {
        return practitioners.findById(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such practitioner"));
    }

    /** By name. */
    @Transactional(readOnly = true)
    public List<OfferedService> services() {
        var offering = byService("practitioner");
        var needed = byService("room");
        var where = byService("location");
        return services.findAllByOrderByNameAscIdAsc().stream()
                .map(service -> new OfferedService(
                        service,
                        offering.getOrDefault(service.id(), List.of()),
                        needed.getOrDefault(service.id(), List.of()),
                        where.getOrDefault(service.id(), List.of())))
                .toList();
    }

    /** @param what {@code practitioner}, {@code room} or {@code location} */
    private Map<UUID, List<UUID>> byService(String what) {
        var found = new HashMap<UUID, List<UUID>>();
        jdbc.sql("""
                select healthcare_service_id, %1$s_id as id from healthcare_service_%1$s
                 where organization_id = ? order by healthcare_service_id, %1$s_id
                """.formatted(what)).param(CurrentOrganization.id()).query(row -> {
            found.computeIfAbsent(Rows.id(row, "healthcare_service_id"), service -> new ArrayList<>())
                    .add(Rows.id(row, "id"));
        });
        return found;
    }

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public OfferedService service(UUID id) {
        return services().stream()
                .filter(offered -> offered.service().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such service"));
    }

    /** @param specialties the first before all others */
    @Transactional
    public Practitioner addPractitioner(String displayName, List<String> specialties) {
        int colour = Math.toIntExact(practitioners.count() % PALETTE);
        var practitioner = practitioners.saveAndFlush(new Practitioner(
                displayName.strip(),
                specialties,
                colour,
                clock.instant(),
                Caller.current().subject()));
        hints.changed(LiveHints.Kind.PRACTITIONER, practitioner.id());
        return practitioner;
    }

    /**
     * Changes a practitioner, or retires one: who is not active keeps their visits and takes no new ones.
     *
     * @param specialties all of them; null from whoever knows of one only
     * @param specialty the first, of such a caller
     * @param colour place in the console's palette; null to keep the one they have
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public Practitioner changePractitioner(
            UUID id,
            ExpectedVersion expected,
            String displayName,
            @Nullable List<String> specialties,
            @Nullable String specialty,
            @Nullable Integer colour,
            boolean active) {
        var practitioner = practitioner(id);
        expected.mustBe(practitioner.version());
        var kept = practitioner.colour();
        practitioner.change(
                displayName.strip(),
                Specialties.said(specialties, specialty, practitioner.specialties()),
                colour != null ? colour : kept == null ? 0 : kept,
                active);
        hints.changed(LiveHints.Kind.PRACTITIONER, id);
        return practitioners.saveAndFlush(practitioner);
    }

    /**
     * Says which account a practitioner signs in with, so that their own day is known as theirs. An account that is no
     * member of the clinic is nobody's and changes nothing.
     *
     * @param memberId null when they do not sign in
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} when another
     *     practitioner signs in with it
     */
    @Transactional
    public Practitioner signsInAs(UUID id, ExpectedVersion expected, @Nullable UUID memberId) {
        var practitioner = practitioner(id);
        expected.mustBe(practitioner.version());
        practitioner.signsInAs(memberId == null ? null : memberId.toString());
        hints.changed(LiveHints.Kind.PRACTITIONER, id);
        try {
            return practitioners.saveAndFlush(practitioner);
        } catch (DataAccessException refused) {
            if (Constraints.nameIn(refused).equals("practitioner_member")) {
                throw Problem.INVALID_FIELDS.at(
                        "/memberId", "already-used", "Another practitioner signs in with this account");
            }
            throw refused;
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code practitioner-unknown}, {@code invalid-fields} */
    @Transactional
    public OfferedService addService(String name, Timing timing, Look look, Offering offering) {
        check(look);
        var service = services.saveAndFlush(new HealthcareService(
                name.strip(), timing, look, clock.instant(), Caller.current().subject()));
        offer(service.id(), offering);
        return service(service.id());
    }

    /**
     * Changes a service, or retires one: it keeps its visits and is offered no more.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code practitioner-unknown}, {@code
     *     invalid-fields} for a currency that does not exist
     */
    @Transactional
    public OfferedService changeService(
            UUID id,
            ExpectedVersion expected,
            String name,
            Timing timing,
            Look look,
            Offering offering,
            boolean active) {
        check(look);
        var service = services.hold(id).orElseThrow(() -> Problem.NOT_FOUND.because("There is no such service"));
        expected.mustBe(service.version());
        service.change(name.strip(), timing, look, active);
        services.saveAndFlush(service);
        offer(id, offering);
        return service(id);
    }

    private static void check(Look look) {
        var price = look.price();
        if (price != null
                && Currency.getAvailableCurrencies().stream()
                        .noneMatch(currency -> currency.getCurrencyCode().equals(price.currency()))) {
            throw Problem.INVALID_FIELDS.at("/price/currency", "unknown-value", "Not an ISO 4217 currency");
        }
    }

    private void offer(UUID serviceId, Offering offering) {
        write(
                serviceId,
                "practitioner",
                offering.practitionerIds(),
                i -> Problem.PRACTITIONER_UNKNOWN.at(
                        "/practitionerIds/" + i, "unknown-value", "Choose one of the clinic's practitioners"));
        var rooms = offering.roomIds();
        if (rooms != null) {
            write(
                    serviceId,
                    "room",
                    rooms,
                    i -> Problem.INVALID_FIELDS.at(
                            "/roomIds/" + i, "unknown-value", "Choose one of the clinic's rooms"));
        }
        var where = offering.locationIds();
        if (where != null) {
            where.forEach(locations::keep);
            write(
                    serviceId,
                    "location",
                    where,
                    i -> Problem.INVALID_FIELDS.at(
                            "/locationIds/" + i, "unknown-value", "Choose one of the clinic's locations"));
        }
        hints.changed(LiveHints.Kind.HEALTHCARE_SERVICE, serviceId);
    }

    /** @param what {@code practitioner}, {@code room} or {@code location} */
    private void write(UUID serviceId, String what, List<UUID> ids, IntFunction<ProblemException> unknown) {
        jdbc.sql("delete from healthcare_service_%s where organization_id = ? and healthcare_service_id = ?"
                        .formatted(what))
                .params(CurrentOrganization.id(), serviceId)
                .update();
        if (ids.isEmpty()) {
            return;
        }
        var known = jdbc.sql("select id from %s where organization_id = :org and id = any(:ids)".formatted(what))
                .param("org", CurrentOrganization.id())
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, n) -> Rows.id(row, "id"))
                .list();
        for (int i = 0; i < ids.size(); i++) {
            if (!known.contains(ids.get(i))) {
                throw unknown.apply(i);
            }
        }
        jdbc.sql("""
                insert into healthcare_service_%1$s (organization_id, healthcare_service_id, %1$s_id)
                select :org, :service, unnest(:known)
                """.formatted(what))
                .param("org", CurrentOrganization.id())
                .param("service", serviceId)
                .param("known", known.toArray(UUID[]::new))
                .update();
    }
}
