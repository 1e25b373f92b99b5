package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Phones;
import app.recado.kernel.Problem;
import app.recado.kernel.Versioned;
import app.recado.organizations.OrganizationProfiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Whom a clinic calls when somebody asks for a person, for how long it waits, and what the patient reads when nobody comes. */
@Repository
@Transactional
class HandOverSettings {

    static final int DEFAULT_MINUTES = 5;

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    HandOverSettings(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /**
     * How a clinic hands over.
     *
     * @param minutes how long a request waits before the patient is told and the owners are
     * @param emails who is called; empty for the owners
     * @param phones who is told by WhatsApp on their own phone, in E.164; empty for nobody
     * @param timeoutText what the patient reads when nobody came in time; null for Recado's own sentence
     */
    @Schema(name = "HandOverSettings")
    record Settings(
            @Schema(example = "5") int minutes,

            List<String> emails,

            List<String> phones,

            @Nullable String timeoutText,
            long version)
            implements Versioned {}

    @Transactional(readOnly = true)
    public Settings current() {
        return find("");
    }

    private Settings find(String locking) {
        return jdbc.sql(
                        "select minutes, emails, phones, timeout_text, version from hand_over_settings where organization_id = ?"
                                + locking)
                .param(CurrentOrganization.id())
                .query((row, n) -> new Settings(
                        row.getInt("minutes"),
                        Arrays.asList((String[]) row.getArray("emails").getArray()),
                        Arrays.asList((String[]) row.getArray("phones").getArray()),
                        row.getString("timeout_text"),
                        row.getLong("version")))
                .optional()
                .orElse(new Settings(DEFAULT_MINUTES, List.of(), List.of(), null, 0));
    }

    /** @param phones null leaves them as they are
     * @throws app.recado.kernel.ProblemException {@code stale}, {@code invalid-fields} for what is no phone */
    public Settings change(
            ExpectedVersion expected,
            int minutes,
            List<String> emails,
            @Nullable List<String> phones,
            @Nullable String timeoutText) {
        jdbc.sql("""
                        insert into hand_over_settings (organization_id, minutes, emails) values (?, ?, '{}')
                        on conflict (organization_id) do nothing
                        """).params(CurrentOrganization.id(), DEFAULT_MINUTES).update();
        var before = find(" for update");
        expected.mustBe(before.version());
        jdbc.sql("""
                        update hand_over_settings set minutes = ?, emails = ?, phones = ?, timeout_text = ?, version = version + 1
                         where organization_id = ?
                        """)
                .param(minutes)
                .param(emails.toArray(String[]::new))
                .param((phones == null ? before.phones() : read(phones)).toArray(String[]::new))
                .param(timeoutText == null || timeoutText.isBlank() ? null : timeoutText.strip())
                .param(CurrentOrganization.id())
                .update();
        return current();
    }

    private List<String> read(List<String> typed) {
        var country = organizations.current().country();
        return IntStream.range(0, typed.size())
                .mapToObj(at -> switch (Phones.read(typed.get(at), country)) {
                    case Phones.Phone phone -> phone.e164();
                    case Phones.Trouble trouble ->
                        throw Problem.INVALID_FIELDS.at("/phones/" + at, trouble.code(), trouble.detail());
                })
                .distinct()
                .toList();
    }
}
