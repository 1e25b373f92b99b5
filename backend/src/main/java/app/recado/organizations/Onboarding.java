package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.keycloak.OrganizationDirectory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings a clinic into being: its organization in the identity server, one group per role, its row in the register, its
 * first owner. The identity server takes part in no transaction, so progress is written down after each step and the same
 * request, repeated, continues from there.
 */
@Service
class Onboarding {

    private static final Logger LOG = LoggerFactory.getLogger(Onboarding.class);

    /** Attribute of an organization by which a repetition finds what an earlier try made. */
    private static final String REFERENCE = "recado_onboarding";

    /** The first person of a clinic. An account with this address is kept as it is; otherwise one is created. */
    record Owner(String email, String givenName, String familyName) {}

    private record Progress(
            UUID id, String requestKey, @Nullable UUID organization, boolean done) {}

    private final Register register;
    private final Membership membership;
    private final OrganizationDirectory identity;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Onboarding(
            Register register,
            Membership membership,
            OrganizationDirectory identity,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.register = register;
        this.membership = membership;
        this.identity = identity;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Starts or continues.
     *
     * @param requestKey names the intention; only its repetition continues an onboarding that stopped halfway
     * @throws app.recado.kernel.ProblemException {@code alias-taken}, {@code account-protected},
     *     {@code identity-unavailable}
     */
    OrganizationView onboard(Register.Beginning beginning, Owner owner, String requestKey) {
        var progress = begin(beginning.alias(), requestKey);
        if (!progress.requestKey().equals(requestKey)) {
            throw aliasTaken();
        }
        var organization = progress.organization();
        if (organization == null) {
            organization = identity.organization(
                            Map.entry(REFERENCE, progress.id().toString()), beginning.alias(), beginning.name())
                    .orElseThrow(Onboarding::aliasTaken);
        }
        if (!progress.done()) {
            finish(progress.id(), organization, beginning, owner);
        }
        var id = organization;
        return transaction.execute(status -> register.find(id).orElseThrow(Onboarding::aliasTaken));
    }

    /** The clinic that the same intention has brought into being; empty while it has not. Platform work. */
    Optional<UUID> onboarded(String alias, String requestKey) {
        return transaction.execute(status -> find(alias)
                .filter(progress -> progress.requestKey().equals(requestKey) && progress.done())
                .map(Progress::organization));
    }

    /** Writes down what belongs to a clinic that is new, inside an open transaction of it; its organization in the identity
     * server is left out. For a rehearsal, which is undone. */
    void rehearse(UUID organization, Register.Beginning beginning) {
        register.add(organization, beginning, clock.instant());
        events.publishEvent(new OrganizationRegistered(organization));
    }

    private void finish(UUID onboarding, UUID organization, Register.Beginning beginning, Owner owner) {
        transaction.executeWithoutResult(status -> {
            remember(onboarding, organization, false);
            register.add(organization, beginning, clock.instant());
        });
        CurrentOrganization.run(
                organization,
                () -> transaction.executeWithoutResult(
                        status -> events.publishEvent(new OrganizationRegistered(organization))));
        identity.roleGroups(
                organization,
                Arrays.stream(MemberRole.values()).map(MemberRole::wireName).toList());
        membership.addFirstOwner(
                organization,
                beginning.name(),
                owner.email(),
                owner.givenName(),
                owner.familyName(),
                beginning.locale());
        transaction.executeWithoutResult(status -> {
            register.activate(organization);
            remember(onboarding, organization, true);
        });
        LOG.info("Organization {} ({}) is onboarded", organization, beginning.alias());
    }

    private Progress begin(String alias, String requestKey) {
        return transaction.execute(status -> {
            jdbc.sql("""
                            insert into onboarding (organization_id, id, alias, request_key, done, created_at)
                            values (?, ?, ?, ?, false, ?) on conflict (organization_id, alias) do nothing
                            """)
                    .params(CurrentOrganization.PLATFORM, Ids.next(), alias, requestKey, now())
                    .update();
            return find(alias).orElseThrow(() -> Problem.CONFLICT.because("Try again"));
        });
    }

    private Optional<Progress> find(String alias) {
        return jdbc.sql("""
                        select id, request_key, onboarded_id, done from onboarding
                         where organization_id = ? and alias = ?
                        """)
                .params(CurrentOrganization.PLATFORM, alias)
                .query((row, n) -> new Progress(
                        row.getObject("id", UUID.class),
                        row.getString("request_key"),
                        row.getObject("onboarded_id", UUID.class),
                        row.getBoolean("done")))
                .optional();
    }

    private void remember(UUID onboarding, UUID organization, boolean done) {
        jdbc.sql("update onboarding set onboarded_id = ?, done = ? where organization_id = ? and id = ?")
                .params(organization, done, CurrentOrganization.PLATFORM, onboarding)
                .update();
    }

    private java.time.OffsetDateTime now() {
        Instant instant = clock.instant();
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static RuntimeException aliasTaken() {
        return Problem.ALIAS_TAKEN.at("/alias", "taken", "Choose another short name");
    }
}
