package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.Jobs;
import app.recado.kernel.live.LiveHints;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Invitations to work in the current clinic that nobody has accepted yet. To invite asks the identity server nothing, so
 * that nobody learns by it who has an account; a membership begins when the person accepts ({@link Membership#accept}).
 * A row is there as long as the invitation is open: accepted, declined or revoked, it is deleted.
 */
@Service
class Invitations {

    /** For how long an invitation can be accepted; each mail begins it anew. */
    static final Duration LIFE = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final OrganizationProfiles profiles;
    private final Jobs jobs;
    private final LiveHints hints;
    private final Clock clock;

    Invitations(JdbcClient jdbc, OrganizationProfiles profiles, Jobs jobs, LiveHints hints, Clock clock) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.jobs = jobs;
        this.hints = hints;
        this.clock = clock;
    }

    /** Who invites: an owner, by account id and name. */
    record Inviter(String subject, String name) {}

    /** Whom. The names are for the account that is made when there is none with this address. */
    record Invitee(String email, String givenName, String familyName) {
        @Override
        public String toString() {
            return "Invitee";
        }
    }

    /**
     * An open invitation.
     *
     * @param language of the mail: es, en or pt-BR
     * @param mails how often it was to be sent
     * @param sentAt when the last mail was handed to the mail server; null before
     */
    record Invitation(
            UUID id,
            Invitee invitee,
            Set<MemberRole> roles,
            String language,
            Inviter inviter,
            Instant createdAt,
            Instant expiresAt,
            int mails,
            @Nullable Instant sentAt) {

        boolean isFor(String email) {
            return invitee.email().equals(email.toLowerCase(Locale.ROOT));
        }
    }

    /** Invites somebody, or invites them anew with these roles; has a mail sent.
     *
     * @param language null for the clinic's */
    @Transactional
    public Invitation invite(
            Invitee invitee, Collection<MemberRole> roles, @Nullable String language, Inviter inviter) {
        var now = clock.instant();
        var invitation = jdbc.sql("""
                        insert into member_invitation as open
                               (organization_id, id, email, given_name, family_name, roles, language, invited_by, invited_by_name,
                                created_at, expires_at, mails)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                        on conflict (organization_id, email) do update
                           set given_name = excluded.given_name, family_name = excluded.family_name, roles = excluded.roles,
                               language = excluded.language, invited_by = excluded.invited_by,
                               invited_by_name = excluded.invited_by_name, expires_at = excluded.expires_at,
                               mails = open.mails + 1, sent_at = null
                        returning *
                        """)
                .params(
                        CurrentOrganization.id(),
                        Ids.next(),
                        invitee.email().toLowerCase(Locale.ROOT),
                        invitee.givenName(),
                        invitee.familyName(),
                        roles.stream().map(MemberRole::wireName).distinct().toArray(String[]::new),
                        Objects.requireNonNullElseGet(
                                language, () -> profiles.current().locale()),
                        inviter.subject(),
                        inviter.name(),
                        SqlTime.at(now),
                        SqlTime.at(now.plus(LIFE)))
                .query(Invitations::invitation)
                .single();
        mail(invitation, now);
        return invitation;
    }

    /** Has the mail sent again and begins the invitation's time anew, in the name of whoever does so.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional
    public Invitation resend(UUID id, Inviter inviter) {
        var now = clock.instant();
        var invitation = jdbc.sql("""
                        update member_invitation
                           set invited_by = ?, invited_by_name = ?, expires_at = ?, mails = mails + 1, sent_at = null
                         where organization_id = ? and id = ?
                        returning *
                        """)
                .params(inviter.subject(), inviter.name(), SqlTime.at(now.plus(LIFE)), CurrentOrganization.id(), id)
                .query(Invitations::invitation)
                .optional()
                .orElseThrow(Invitations::unknown);
        mail(invitation, now);
        return invitation;
    }

    /** All that are open or have expired, the oldest first. */
    @Transactional(readOnly = true)
    public List<Invitation> list() {
        return jdbc.sql("select * from member_invitation where organization_id = ? order by created_at, id")
                .param(CurrentOrganization.id())
                .query(Invitations::invitation)
                .list();
    }

    /** One that can still be accepted. */
    @Transactional(readOnly = true)
    public Optional<Invitation> open(UUID id) {
        return jdbc.sql("select * from member_invitation where organization_id = ? and id = ? and expires_at > ?")
                .params(CurrentOrganization.id(), id, SqlTime.at(clock.instant()))
                .query(Invitations::invitation)
                .optional();
    }

    @Transactional
    public void sent(UUID id) {
        jdbc.sql("update member_invitation set sent_at = ? where organization_id = ? and id = ?")
                .params(SqlTime.at(clock.instant()), CurrentOrganization.id(), id)
                .update();
        hint();
    }

    /** Takes one away: accepted, declined or revoked.
     *
     * @return false when there was none */
    @Transactional
    public boolean close(UUID id) {
        hint();
        return jdbc.sql("delete from member_invitation where organization_id = ? and id = ?")
                        .params(CurrentOrganization.id(), id)
                        .update()
                == 1;
    }

    static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no such invitation, or it can no longer be accepted");
    }

    private void mail(Invitation invitation, Instant now) {
        jobs.schedule(InvitationMails.JOB, JobId.of(invitation.id(), invitation.mails()), now);
        hint();
    }

    private void hint() {
        hints.changed(LiveHints.Kind.ORGANIZATION, CurrentOrganization.id());
    }

    private static Invitation invitation(ResultSet row, int n) throws SQLException {
        var roles = EnumSet.noneOf(MemberRole.class);
        Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(role -> MemberRole.valueOf(role.toUpperCase(Locale.ROOT)))
                .forEach(roles::add);
        return new Invitation(
                row.getObject("id", UUID.class),
                new Invitee(row.getString("email"), row.getString("given_name"), row.getString("family_name")),
                roles,
                row.getString("language"),
                new Inviter(row.getString("invited_by"), row.getString("invited_by_name")),
                SqlTime.instant(row, "created_at"),
                SqlTime.instant(row, "expires_at"),
                row.getInt("mails"),
                SqlTime.instantOrNull(row, "sent_at"));
    }
}
