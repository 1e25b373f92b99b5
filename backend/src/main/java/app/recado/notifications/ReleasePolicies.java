package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.live.LiveHints;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic does with the hours of visits that nobody confirms. One of each clinic, off until it says otherwise. */
@Service
class ReleasePolicies {

    private final JdbcClient jdbc;
    private final LiveHints hints;

    ReleasePolicies(JdbcClient jdbc, LiveHints hints) {
        this.jdbc = jdbc;
        this.hints = hints;
    }

    /** Who frees an hour. */
    enum Mode {
        /** Nobody. */
        @JsonProperty("off")
        OFF,
        /** Nobody; what would be freed is shown. */
        @JsonProperty("trial")
        TRIAL,
        /** Staff, visit by visit. */
        @JsonProperty("staff")
        STAFF,
        /** Recado, by itself. */
        @JsonProperty("system")
        SYSTEM;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param asks how many messages have to have asked the patient, the last of which arrived
     * @param silence how long nobody answered the last of them
     * @param offers how many of the waitlist are asked, one after another
     * @param answerWithin how long each has
     */
    record Policy(Mode mode, int asks, Duration silence, int offers, Duration answerWithin, long version) {}

    private static final Policy NONE = new Policy(Mode.OFF, 2, Duration.ofHours(24), 3, Duration.ofMinutes(20), 0);

    @Transactional(readOnly = true)
    public Policy get() {
        return jdbc.sql("""
                        select mode, asks, silence_minutes, offers, answer_minutes, version from release_policy
                         where organization_id = ?
                        """)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Policy(
                        Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
                        row.getInt("asks"),
                        Duration.ofMinutes(row.getInt("silence_minutes")),
                        row.getInt("offers"),
                        Duration.ofMinutes(row.getInt("answer_minutes")),
                        row.getLong("version")))
                .optional()
                .orElse(NONE);
    }

    /** @throws app.recado.kernel.ProblemException {@code stale} */
    @Transactional
    public Policy change(ExpectedVersion expected, Policy to) {
        jdbc.sql("""
                        insert into release_policy (organization_id, mode, asks, silence_minutes, offers, answer_minutes, version)
                        values (?, 'off', 2, 1440, 3, 20, 0) on conflict do nothing
                        """).param(CurrentOrganization.id()).update();
        expected.mustBe(jdbc.sql("select version from release_policy where organization_id = ? for update")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single());
        jdbc.sql("""
                        update release_policy
                           set mode = ?, asks = ?, silence_minutes = ?, offers = ?, answer_minutes = ?, version = version + 1
                         where organization_id = ?
                        """)
                .params(
                        to.mode().wireName(),
                        to.asks(),
                        to.silence().toMinutes(),
                        to.offers(),
                        to.answerWithin().toMinutes(),
                        CurrentOrganization.id())
                .update();
        hints.changed(LiveHints.Kind.NOTIFICATION_RULE, CurrentOrganization.id());
        return get();
    }
}
