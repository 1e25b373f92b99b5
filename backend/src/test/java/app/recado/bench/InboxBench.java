package app.recado.bench;

import app.recado.bench.ApiStage.Clinic;
import app.recado.kernel.Ids;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * How fast the desk of a clinic with a million messages sees who waits, opens a conversation and finds what was said. Run by
 * {@code ./dev bench inbox [--small]}; prints one row of a Markdown table for each figure. One person asks over one
 * connection: what is told is what they wait for.
 */
public final class InboxBench {

    private static final int WARM_SECONDS = 30;

    /** Messages of a conversation; the one of {@link #LONGEST} has a hundred times as many. */
    private static final int IN_A_CONVERSATION = 50;

    private static final int LONGEST = 1;

    /** Words that people use; the first ones far more often than the last. */
    private static final int WORDS = 5_000;

    private static final String CONTACTS = """
            insert into recado.contact (organization_id, id, phone, name, created_at, updated_at)
            select '%1$s', md5('contact' || '%1$s' || g)::uuid, '+54911' || lpad((20000000 + g)::text, 8, '0'),
                   'Persona ' || g, now(), now()
              from generate_series(1, %2$d) g
            """;

    /** One of ten waits for an answer, one of ten is open, the others are over. */
    private static final String CONVERSATIONS = """
            insert into recado.conversation (organization_id, id, contact_id, line_id, state, waiting_since, opened_at,
                                             resolved_at, last_at, last_by, last_inbound_at, created_at)
            select '%1$s', md5('conversation' || '%1$s' || g)::uuid, md5('contact' || '%1$s' || g)::uuid, '%3$s',
                   case when g %% 10 < 2 then 'open' else 'resolved' end,
                   case when g %% 10 = 0 then now() - g * interval '1 second' end, now() - interval '1 day',
                   case when g %% 10 >= 2 then now() - g * interval '1 second' end,
                   now() - g * interval '1 second', 'patient', now() - g * interval '1 second', now()
              from generate_series(1, %2$d) g
            """;

    private static final String MESSAGES = """
            insert into recado.inbound_message (organization_id, id, line_id, chat_key, sender_key, from_me, provider_message_id,
                                                contact_id, phone, text, kind, chat_kind, offline, sent_at, received_at, outcome,
                                                needs_staff)
            select '%1$s', uuidv7(), '%3$s', said.phone, said.phone, false, 'B' || said.g || '-' || said.n,
                   md5('contact' || '%1$s' || said.g)::uuid, said.phone, said.words, 'text', 'direct', false, said.at, said.at,
                   'for-staff', false
              from (select g, n, '+54911' || lpad((20000000 + g)::text, 8, '0') as phone,
                           now() - g * interval '1 second' - n * interval '1 hour' as at,
                           (select string_agg('palabra' || floor(%4$d * power(random(), 3))::int, ' ')
                              from generate_series(1, 6 + g * 0 + n * 0)) as words
                      from generate_series(1, %2$d) g
                     cross join lateral generate_series(1, case when g = %6$d then %5$d * 100 else %5$d end) n) said
            """;

    private static final String WORDS_OF_THEM = """
            insert into recado.conversation_word (organization_id, word, at, entry_id, conversation_id)
            select distinct i.organization_id, w.word, i.sent_at, i.id, c.id
              from recado.inbound_message i
              join recado.conversation c on c.organization_id = i.organization_id and c.contact_id = i.contact_id
             cross join lateral unnest(string_to_array(i.text, ' ')) as w (word)
             where i.organization_id = '%1$s'
            """;

    private final ApiStage stage;
    private final boolean small;
    private final Clinic clinic;
    private final List<UUID> conversations = new ArrayList<>();
    private UUID longest = new UUID(0, 0);

    private InboxBench(ApiStage stage, boolean small) throws SQLException, IOException {
        this.stage = stage;
        this.small = small;
        this.clinic = stage.clinic("inbox-" + Ids.next());
    }

    public static void main(String[] args) {
        try (var stage = ApiStage.open()) {
            new InboxBench(stage, List.of(args).contains("--small")).run();
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1); // threads of the stand-ins would go on
        }
    }

    private void run() throws SQLException {
        int people = small ? 1_000 : 20_000;
        fill(people);
        IntFunction<byte[]> waiting = n -> clinic.get("/conversations?turn=clinic&limit=50");
        IntFunction<byte[]> patients = n -> clinic.get("/conversations?turn=patient&limit=50");
        IntFunction<byte[]> over = n -> clinic.get("/conversations?state=resolved&limit=50");
        IntFunction<byte[]> counts = n -> clinic.get("/conversation-counts");
        IntFunction<byte[]> thread =
                n -> clinic.get("/conversations/" + conversations.get(n % conversations.size()) + "/entries?limit=50");
        IntFunction<byte[]> longThread = n -> clinic.get("/conversations/" + longest + "/entries?limit=50");
        IntFunction<byte[]> common = n -> search("palabra" + n % 5);
        IntFunction<byte[]> beginning = n -> search("palabra" + (10 + n % 90));
        IntFunction<byte[]> two = n -> search("palabra" + n % 5 + " palabra" + (4_000 + n % 900));
        var kinds = List.of(waiting, patients, over, counts, thread, common, beginning, two);
        Load.during(
                stage,
                2,
                small ? 5 : WARM_SECONDS,
                n -> kinds.get(n / 2 % kinds.size()).apply(n));
        answered("who waits for the clinic, the first 50", waiting);
        answered("who has to answer the clinic, the first 50", patients);
        answered("what is over, the first 50", over);
        answered("how many wait, are mine, are nobody's", counts);
        answered("the last 50 of a conversation of " + IN_A_CONVERSATION, thread);
        answered("the last 50 of a conversation of " + IN_A_CONVERSATION * 100, longThread);
        answered("search for a word of every tenth message", common);
        answered("search for the beginning of a word", beginning);
        answered("search for a frequent word and a rare one", two);
    }

    private byte[] search(String text) {
        return clinic.post("/conversations/search", Map.of("text", text, "limit", 20));
    }

    private void fill(int people) throws SQLException {
        try (var connection = stage.postgres().recado().connectAsSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(CONTACTS.formatted(clinic.id, people));
            statement.execute(CONVERSATIONS.formatted(clinic.id, people, clinic.line()));
            statement.execute(MESSAGES.formatted(clinic.id, people, clinic.line(), WORDS, IN_A_CONVERSATION, LONGEST));
            statement.execute(WORDS_OF_THEM.formatted(clinic.id));
            statement.execute("vacuum (analyze, parallel 0)");
            statement.execute("checkpoint");
            try (var rows = statement.executeQuery("select id from recado.conversation where organization_id = '"
                    + clinic.id + "' order by md5(id::text) limit 500")) {
                while (rows.next()) {
                    conversations.add(rows.getObject(1, UUID.class));
                }
            }
            try (var row = statement.executeQuery("""
                    select md5('conversation' || '%1$s' || %2$d)::uuid, count(*)
                      from recado.inbound_message where organization_id = '%1$s'
                    """.formatted(clinic.id, LONGEST))) {
                row.next();
                longest = row.getObject(1, UUID.class);
                ApiBench.row("messages in the clinic", "%,d".formatted(row.getLong(2)), "");
            }
        }
    }

    private void answered(String what, IntFunction<byte[]> request) {
        Load.during(stage, 1, small ? 1 : 3, request);
        var load = Load.during(stage, 1, small ? 2 : 10, request);
        ApiBench.row(
                what,
                "p50 %s ms, p99 %s ms; Java %s, PostgreSQL %s ms"
                        .formatted(
                                ApiBench.number(load.p50()),
                                ApiBench.number(load.p99()),
                                ApiBench.number(load.javaMillis()),
                                ApiBench.number(load.databaseMillis())),
                "p99 ≤ 50 ms");
    }
}
