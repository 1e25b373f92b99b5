package app.recado.notifications;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SqlTime;
import app.recado.messaging.SurveyAnswers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Asks patients how visits were, not too often, and keeps what they say. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class VisitSurveys implements SurveyAnswers {

    /** Whoever is asked more often stops to answer. */
    private static final Duration ASKED_EVERY = Duration.ofDays(90);

    /** A number that comes later is hardly an answer. */
    private static final Duration ANSWERED_WITHIN = Duration.ofDays(7);

    /** Up to here somebody of the clinic looks. */
    private static final int LOW = 2;

    /** A digit, also as an emoji, that is no part of a longer number or of an hour or date; words may follow. */
    private static final Pattern NUMBER = Pattern.compile(
            "^\\s*([1-5])\\uFE0F?\\u20E3?(?:\\s*/\\s*5)?(?![\\d:/.,]?\\d|[\\p{L}])(.*)$", Pattern.DOTALL);

    private static final Pattern STARS =
            Pattern.compile("^\\s*((?:[\u2B50\u2605]\\uFE0F?){1,5})(?![\u2B50\u2605])(.*)$", Pattern.DOTALL);

    private static final Pattern NO_WORDS = Pattern.compile("[\\s\\p{P}\\p{So}\\uFE0F]*");

    private final JdbcClient jdbc;
    private final Clock clock;

    VisitSurveys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether a patient was asked within the last ninety days. */
    boolean askedLately(UUID patient) {
        return jdbc.sql("""
                        select exists (select from message
                                        where organization_id = ? and patient_id = ? and kind = 'survey' and out_at > ?
                                          and state not in ('failed', 'expired'))
                        """)
                .params(
                        CurrentOrganization.id(),
                        patient,
                        SqlTime.at(clock.instant().minus(ASKED_EVERY)))
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Asked> asked(UUID lineId, String phone, @Nullable String quotedProviderMessageId, Instant at) {
        return jdbc.sql("""
                        select id, subject_id, patient_id, out_at from (
                            select id, kind, subject_id, patient_id, out_at from message
                             where organization_id = :org and phone = :phone and line_id = :line
                               and out_at <= :at and out_at > :since
                               and state in ('sending', 'unknown', 'sent', 'delivered', 'read')
                               and (cast(:quoted as text) is null or provider_message_id = :quoted)
                             order by out_at desc, id desc limit 1) last
                         where kind = 'survey'
                        """)
                .param("org", CurrentOrganization.id())
                .param("phone", phone)
                .param("line", lineId)
                .param("at", SqlTime.at(at.plusSeconds(1)))
                .param("since", SqlTime.at(at.minus(ANSWERED_WITHIN)))
                .param("quoted", quotedProviderMessageId)
                .query((row, n) -> new Asked(
                        row.getObject("id", UUID.class),
                        row.getObject("subject_id", UUID.class),
                        row.getObject("patient_id", UUID.class),
                        SqlTime.instant(row, "out_at")))
                .optional();
    }

    @Override
    public Optional<Rating> rate(Asked survey, String text, Instant at) {
        var read = read(text);
        read.ifPresent(rating -> jdbc.sql("""
                        insert into survey_answer (organization_id, appointment_id, message_id, rating, answered_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (organization_id, appointment_id) do update
                           set message_id = excluded.message_id, rating = excluded.rating, answered_at = excluded.answered_at
                         where survey_answer.answered_at <= excluded.answered_at
                        """)
                .params(
                        CurrentOrganization.id(),
                        survey.appointmentId(),
                        survey.messageId(),
                        rating.rating(),
                        SqlTime.at(at))
                .update());
        return read;
    }

    /** What words say of a visit; empty when they are no rating. */
    static Optional<Rating> read(String text) {
        var stars = STARS.matcher(text);
        if (stars.matches()) {
            int count = (int)
                    stars.group(1).codePoints().filter(point -> point != 0xFE0F).count();
            return Optional.of(rating(count, stars.group(2)));
        }
        var number = NUMBER.matcher(text);
        return number.matches()
                ? Optional.of(rating(Integer.parseInt(number.group(1)), number.group(2)))
                : Optional.empty();
    }

    private static Rating rating(int rating, String rest) {
        return new Rating(rating, rating <= LOW, !NO_WORDS.matcher(rest).matches());
    }
}
