package app.recado.testing;

import app.recado.devstack.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Fills a clinic with invented records as a large one has them, set-based and as the superuser, past fences and triggers:
 * only reading them is under test. Ids rise with time, as real ones do.
 */
public final class BigClinic {

    /** Names as they are frequent in Spanish-speaking countries: the first of each list much more than the last. */
    private static final String NAMES = """
            create temporary table given as select n, name from unnest(string_to_array('María,Juan,José,Ana,Luis,Carlos,'
              'Laura,Martín,Sofía,Diego,Lucía,Pedro,Elena,Miguel,Julia,Franco,Carmen,Iván,Rosa,Leandro,Valentina,Mateo,'
              'Camila,Nicolás,Florencia,Tomás,Agustina,Bruno,Gabriela,Ezequiel,Zulema,Wenceslao', ',')) with ordinality as g (name, n);
            create temporary table family as select n, name from unnest(string_to_array('González,Rodríguez,Gómez,'
              'Fernández,López,Martínez,García,Pérez,Sánchez,Romero,Sosa,Torres,Álvarez,Ruiz,Ramírez,Flores,Benítez,Acosta,'
              'Medina,Herrera,Suárez,Aguirre,Giménez,Gutiérrez,Pereyra,Rojas,Molina,Castro,Ortiz,Núñez,Zapata,Quiroga',
              ',')) with ordinality as f (name, n)
            """;

    /** How many have a name is what a search of it reads: a bound that holds once holds in every run. */
    private static final String SAME_NAMES = "select setseed(0.5)";

    private BigClinic() {}

    /**
     * @param patients how many; their visits and messages lie in the year before {@code today}
     * @param today the day, UTC, from which the rest is counted
     */
    public static void fill(
            PostgresServer.Database database, UUID organization, int patients, int visits, int messages, String today)
            throws SQLException {
        fill(database, organization, patients, visits, messages, today, SEARCH, INBOUND);
    }

    /**
     * The same for a clinic that only stands beside the one that is looked at: its patients are found by the first letters
     * of their names alone, and nobody answered it.
     */
    public static void fillNeighbour(
            PostgresServer.Database database, UUID organization, int patients, int visits, int messages, String today)
            throws SQLException {
        fill(database, organization, patients, visits, messages, today, FIRST_LETTERS, "");
    }

    private static void fill(
            PostgresServer.Database database,
            UUID organization,
            int patients,
            int visits,
            int messages,
            String today,
            String search,
            String inbound)
            throws SQLException {
        try (var connection = database.connectAsSuperuser()) {
            run(connection, "set search_path = recado");
            run(connection, "set session_replication_role = replica");
            run(connection, SAME_NAMES);
            run(connection, NAMES);
            run(connection, PATIENTS.formatted(organization, patients));
            run(connection, search.formatted(organization));
            run(connection, VISITS.formatted(organization, visits, today, patients));
            run(connection, MESSAGES.formatted(organization, messages, today, patients));
            run(connection, inbound.formatted(organization));
            run(
                    connection,
                    "analyze patient, patient_search, practitioner, healthcare_service, appointment, appointment_event,"
                            + " message, message_step, inbound_message");
        }
    }

    private static final String PATIENTS = """
            insert into patient (organization_id, id, given_name, family_name, sort_name, phone, language, messaging, created_at,
                                 created_by, updated_at, updated_by, version, identifiers, tags)
            select '%1$s', uuidv7(make_interval(secs => r.n - %2$d)), a.name || ' ' || b.name, c.name,
                   translate(lower(c.name || ' ' || a.name || ' ' || b.name), 'áéíóúñ', 'aeioun'),
                   '+54911' || lpad((20000000 + (r.n * 7919::bigint) %% 79999999)::text, 8, '0'), 'es', 'allowed',
                   now(), 'test', now(), 'test', 0, array['ar-dni ' || 10000000 + (r.n * 7907::bigint) %% 49999999],
                   case when r.n %% 2 = 0 then '{vip}'::text[] when r.n %% 1000 = 1 then '{nuevo}' else '{}' end
              from (select n, floor(random() ^ 2 * 32) + 1 as x, floor(random() ^ 2 * 32) + 1 as y,
                           floor(random() ^ 2 * 32) + 1 as z
                      from generate_series(1, %2$d) n) r
              join given a on a.n = r.x join given b on b.n = r.y join family c on c.n = r.z
            """;

    private static final String SEARCH = """
            insert into patient_search (organization_id, token, sort_name, patient_id)
            select distinct organization_id, left(word, n), sort_name, id
              from patient, unnest(string_to_array(sort_name, ' ')) word, generate_series(1, 6) n
             where organization_id = '%1$s' and sort_name <> '' and n <= length(word)
            union
            select organization_id, substr(phone, n), sort_name, id
              from patient, generate_series(2, 12) n where organization_id = '%1$s' and phone is not null
            union
            select organization_id, substr(identifiers[1], n), sort_name, id
              from patient, generate_series(8, 13) n where organization_id = '%1$s'
            union
            select organization_id, '#' || unnest(tags), sort_name, id from patient where organization_id = '%1$s'
            on conflict do nothing
            """;

    private static final String FIRST_LETTERS = """
            insert into patient_search (organization_id, token, sort_name, patient_id)
            select distinct organization_id, left(word, 1), sort_name, id
              from patient, unnest(string_to_array(sort_name, ' ')) word where organization_id = '%1$s'
            """;

    private static final String VISITS = """
            insert into practitioner (organization_id, id, display_name, active, created_at, created_by, version)
            select '%1$s', uuidv7(), 'Dra. ' || n, true, now(), 'test', 0 from generate_series(1, 20) n;
            insert into healthcare_service (organization_id, id, name, duration_minutes, active, created_at, created_by, version)
            values ('%1$s', uuidv7(), 'Consulta', 30, true, now(), 'test', 0);
            create temporary table p as
              select id, row_number() over (order by id) - 1 as n from patient
               where organization_id = '%1$s';
            create temporary table d as
              select id, row_number() over (order by id) - 1 as n from practitioner where organization_id = '%1$s' limit 20;
            insert into appointment (organization_id, id, patient_id, practitioner_id, healthcare_service_id, starts_at, ends_at,
                                     time_zone, status, participation, schedule_version, created_at, created_by, version)
            select '%1$s', uuidv7(), p.id, d.id, s.id, t.start, t.start + interval '30 minutes',
                   'America/Argentina/Buenos_Aires', case when k %% 5 = 0 then 'fulfilled' else 'cancelled' end, 'accepted', 1,
                   now(), 'test', 0
              from generate_series(0, %2$d - 1) k
             cross join lateral (select timestamptz '%3$sT12:00:00Z' - interval '1 day' * (k / 320) + interval '30 minutes' * (k %% 16)
                                          as start) t
              join p on p.n = (k * 7919::bigint) %% %4$d
              join d on d.n = (k / 16) %% 20
             cross join (select id from healthcare_service where organization_id = '%1$s' limit 1) s;
            insert into appointment_event (organization_id, id, appointment_id, at, kind, source)
            select organization_id, uuidv7(), id, created_at, 'appointment-booked', 'staff' from appointment where organization_id = '%1$s'
            """;

    private static final String MESSAGES = """
            insert into message (organization_id, id, subject_id, subject_version, kind, patient_id, state, due_at, useful_until,
                                 line_id, provider_message_id, phone, text, language, out_at, created_at, updated_at)
            select '%1$s', uuidv7(make_interval(secs => k - %2$d)), uuidv7(), 1, 'reminder', p.id,
                   case when k %% 5000 = 7 then 'unknown' else 'delivered' end,
                   t.due, t.due + interval '1 day', uuidv7(), 'P' || k, '+5491120000000', 'Hola', 'es', t.due, t.due, t.due
              from generate_series(0, %2$d - 1) k
             cross join lateral (select timestamptz '%3$sT12:00:00Z' - interval '5 minutes' * (%2$d - k) as due) t
              join p on p.n = k %% %4$d;
            insert into message_step (organization_id, id, message_id, state, at)
            select organization_id, uuidv7(), id, state, due_at from message where organization_id = '%1$s'
            """;

    private static final String INBOUND = """
            insert into inbound_message (organization_id, id, line_id, chat_key, sender_key, from_me, provider_message_id, patient_id,
                                         phone, text, kind, chat_kind, offline, sent_at, received_at, outcome, needs_staff)
            select organization_id, uuidv7(due_at - now()), line_id, phone, phone, false, provider_message_id, patient_id, phone, 'ok',
                   'text', 'direct', false, due_at, due_at, 'for-staff', state = 'unknown'
              from message where organization_id = '%1$s'
            """;

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
