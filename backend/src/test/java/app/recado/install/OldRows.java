package app.recado.install;

import app.recado.devstack.PostgresServer;
import java.sql.SQLException;
import java.util.UUID;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;

/**
 * Fills the database of a context as versions before wrote it: it is migrated up to some change set, rows are added, and so
 * on. The context itself does the rest of the migration when it starts.
 */
@Order(1)
public class OldRows implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final UUID CLINIC = UUID.fromString("0196c000-0000-7000-8000-000000000001");
    static final UUID PATIENT = UUID.fromString("0196c000-0000-7000-8000-000000000002");
    static final UUID PHONE_LINE = UUID.fromString("0196c000-0000-7000-8000-000000000003");
    static final UUID OFFICIAL_LINE = UUID.fromString("0196c000-0000-7000-8000-000000000004");

    /** Messages by what had become of them; the last digit tells them apart. */
    static UUID message(int n) {
        return UUID.fromString("0196c000-0000-7000-8000-00000000001" + n);
    }

    static final UUID VISIT = UUID.fromString("0196c000-0000-7000-8000-000000000020");
    static final UUID PRACTITIONER = UUID.fromString("0196c000-0000-7000-8000-000000000060");
    static final UUID SERVICE = UUID.fromString("0196c000-0000-7000-8000-000000000061");
    static final UUID BOOKED = UUID.fromString("0196c000-0000-7000-8000-000000000062");
    static final UUID MEDIA = UUID.fromString("0196c000-0000-7000-8000-000000000030");
    static final UUID SET_ASIDE = UUID.fromString("0196c000-0000-7000-8000-000000000040");

    private static final String BEFORE_ONE_QUEUE = """
            insert into organization (id, name, alias, country, time_zone, locale, visit_word, state, created_at)
            values ('%1$s', 'Clínica vieja', 'vieja', 'AR', 'America/Argentina/Buenos_Aires', 'es', 'turno', 'active', now());
            insert into patient (organization_id, id, given_name, family_name, sort_name, phone, language, messaging,
                   created_at, created_by, updated_at, updated_by, version)
            values ('%1$s', '%2$s', 'Mario', 'D''Angelo', 'd angelo mario', '+541123456789', 'es', 'allowed',
                   now(), 'old', now(), 'old', 3);
            insert into whatsapp_line (organization_id, id, name, state, cause, engine, is_default, created_at)
            values ('%1$s', '%3$s', 'Recepción', 'linked', 'none', 'linked-device', true, now()),
                   ('%1$s', '%4$s', 'Oficial', 'linked', 'none', 'cloud-api', false, now());
            insert into message (organization_id, id, subject_id, subject_version, kind, patient_id, state, due_at, useful_until,
                   line_id, provider_message_id, phone, text, language, created_at, updated_at)
            select '%1$s', id, '%5$s', n, 'reminder', '%2$s', state, '2026-11-01T12:00:00Z', '2027-11-02T12:00:00Z',
                   line, 'P' || n, '+541123456789', 'Hola ' || n, 'es', now(), now()
              from (values (1, cast('%6$s' as uuid), 'delivered', cast('%3$s' as uuid)),
                           (2, '%7$s', 'sent', '%4$s'),
                           (3, '%8$s', 'handed', '%4$s'),
                           (4, '%9$s', 'accepted', '%4$s')) as old (n, id, state, line);
            insert into engine_command (organization_id, message_id, line_id, provider_message_id, hash, recipient, payload,
                   state, not_after, next_attempt_at, provider_id, updated_at)
            values ('%1$s', '%7$s', '%4$s', 'P2', 'h', null, null, 'sent', now(), null, 'wamid.OLD', now()),
                   ('%1$s', '%9$s', '%4$s', 'P4', 'h', '+541123456789', '{}', 'sending', now(), now(), null, now());
            """.formatted(
                    CLINIC, PATIENT, PHONE_LINE, OFFICIAL_LINE, VISIT, message(1), message(2), message(3), message(4));

    private static final String BEFORE_JOBS =
            """
            insert into inbound_message (organization_id, id, line_id, chat_key, sender_key, from_me, provider_message_id,
                   patient_id, phone, text, kind, chat_kind, offline, sent_at, received_at, outcome, message_id, needs_staff,
                   media_id, media_kind, media_state)
            values ('%1$s', '0196c000-0000-7000-8000-000000000021', '%3$s', 'c', 's', false, 'I1', '%2$s', '+541123456789',
                   'Llego tarde', 'text', 'direct', false, now(), now(), 'for-staff', '%4$s', true, null, null, null),
                   ('%1$s', '0196c000-0000-7000-8000-000000000022', '%5$s', 'c', 's', false, 'I2', '%2$s', '+541123456789',
                   null, 'image', 'direct', false, now(), now(), 'for-staff', null, true, '%6$s', 'image', 'pending');
            insert into engine_media (organization_id, id, line_id, reference, next_attempt_at, announced_at)
            values ('%1$s', '%6$s', '%5$s', 'media-1', now(), now());
            """.formatted(CLINIC, PATIENT, PHONE_LINE, message(1), OFFICIAL_LINE, MEDIA);

    private static final String BEFORE_PROVIDERS_WERE_SET_ASIDE = """
            insert into set_aside_event (organization_id, id, line_id, type, attempts, cause, failed_at, set_aside_at, content)
            values ('%1$s', '%2$s', '%3$s', 'line.state', 6, 'java.lang.IllegalStateException', now(), now(),
                   '{"id":"%2$s","seq":1,"type":"line.state","at":"2026-11-23T12:00:00Z","data":{"lineId":"%3$s",'
                   || '"state":"reconnecting","cause":"network","since":"2026-11-23T12:00:00Z"}}'),
                   ('%1$s', '0196c000-0000-7000-8000-000000000041', '%3$s', 'message.inbound', 2, 'x', now(), null, null);
            insert into whatsapp_test_message (organization_id, id, line_id, phone, state, at)
            values ('%1$s', '0196c000-0000-7000-8000-000000000050', '%3$s', '+5491123456789', 'delivered', now());
            """.formatted(CLINIC, SET_ASIDE, PHONE_LINE);

    private static final String BEFORE_ACTORS = """
            insert into practitioner (organization_id, id, display_name, active, created_at, created_by, version)
            values ('%1$s', '%3$s', 'Dra. Gómez', true, now(), 'old', 0);
            insert into healthcare_service (organization_id, id, name, duration_minutes, active, created_at, created_by, version)
            values ('%1$s', '%4$s', 'Control', 30, true, now(), 'old', 0);
            insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at, ends_at,
                   time_zone, status, participation, schedule_version, created_at, created_by, version)
            select '%1$s', id, '%2$s', '%3$s', '%4$s', cast(start as timestamptz), cast(start as timestamptz) + interval '30 minutes',
                   'America/Argentina/Buenos_Aires', status, 'needs-action', 1, now(), 'old', 0
              from (values (cast('%5$s' as uuid), now() + interval '1 day', 'booked'),
                           (uuidv7(), now() + interval '2 days', 'cancelled')) as old (id, start, status);
            """.formatted(CLINIC, PATIENT, PRACTITIONER, SERVICE, BOOKED);

    private static final String BEFORE_RULES = """
            update organization set reminder_lead_minutes = 120, confirmation_on_booking = false where id = '%1$s';
            insert into message (organization_id, id, subject_id, subject_version, kind, patient_id, state, due_at, useful_until,
                   next_attempt_at, says, created_at, updated_at)
            select '%1$s', '%2$s', a.id, 1, 'reminder', a.patient_id, 'planned', a.starts_at - interval '2 hours', a.starts_at,
                   a.starts_at - interval '2 hours', 'old', now(), now()
              from appointment a where a.organization_id = '%1$s' and a.id = '%3$s';
            """.formatted(CLINIC, message(5), BOOKED);

    /** Two in the chain, of which one is years old, and one that is not in it yet. */
    private static final String BEFORE_AUDIT_MONTHS = """
            insert into audit_entry (organization_id, id, at, actor_kind, actor, action, changes, batch)
            values ('%1$s', uuidv7(), '2024-02-29T23:30:00Z', 'person', 'old', 'first', '{}', 1),
                   ('%1$s', uuidv7(), now() - interval '1 hour', 'person', 'old', 'second', '{}', 1),
                   ('%1$s', uuidv7(), now(), 'person', 'old', 'third', '{}', null);
            insert into audit_batch (organization_id, number, entries, last_at, previous, hash)
            select '%1$s', 1, 2, now() - interval '1 hour', start, audit_hash('%1$s', 1, start)
              from (select sha256(convert_to('%1$s', 'UTF8')) as start) first;
            """.formatted(CLINIC);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = (PostgresServer.Database) context.getBeanFactory().getSingleton("testDatabase");
        if (database == null) {
            throw new IllegalStateException("The test's database is made before");
        }
        upTo("outbox-1", database, BEFORE_ONE_QUEUE);
        upTo("jobs-1", database, BEFORE_JOBS);
        upTo("set-aside-2", database, BEFORE_PROVIDERS_WERE_SET_ASIDE);
        upTo("rooms-1", database, BEFORE_ACTORS);
        upTo("notification-rules-1", database, BEFORE_RULES);
        upTo("audit-months-1", database, BEFORE_AUDIT_MONTHS);
    }

    private static void upTo(String changeSet, PostgresServer.Database database, String rows) {
        try (var owner = database.connect("owner")) {
            var known = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(owner));
            known.setDefaultSchemaName("recado");
            known.setLiquibaseSchemaName("recado");
            var liquibase = new Liquibase("db/changelog/master.yaml", new ClassLoaderResourceAccessor(), known);
            var before = liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
                    .takeWhile(change -> !change.getId().equals(changeSet))
                    .count();
            liquibase.update(Math.toIntExact(before), "");
        } catch (SQLException | LiquibaseException e) {
            throw new IllegalStateException("Could not migrate up to " + changeSet, e);
        }
        try (var superuser = database.connectAsSuperuser();
                var statement = superuser.createStatement()) {
            statement.execute("set search_path = recado");
            statement.execute(rows);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not add rows before " + changeSet, e);
        }
    }
}
