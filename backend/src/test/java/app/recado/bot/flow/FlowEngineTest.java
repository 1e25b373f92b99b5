package app.recado.bot.flow;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.bot.flow.FlowDocument.On;
import app.recado.bot.flow.FlowDocument.Rules;
import app.recado.bot.flow.FlowDocument.Trigger;
import app.recado.bot.flow.FlowNode.ActionKind;
import app.recado.bot.flow.FlowNode.AnswerType;
import app.recado.bot.flow.FlowNode.Detail;
import app.recado.bot.flow.FlowNode.UpdatedDetail;
import app.recado.bot.flow.FlowTurn.Ending;
import app.recado.bot.flow.FlowTurn.Kind;
import app.recado.bot.flow.FlowTurn.Utterance;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a flow is gone through, turn by turn, without a database. */
class FlowEngineTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final FakeTools tools = new FakeTools();

    private static FlowTexts es(String text) {
        return new FlowTexts(text, text + " (en)", "");
    }

    private static FlowNode.Option to(String id, String label, String next) {
        return new FlowNode.Option(id, es(label), List.of("alias " + id), next);
    }

    private static FlowNode.Action action(ActionKind kind) {
        return FlowNode.agenda("act", kind, FlowTexts.NONE, List.of(), "end", "menu");
    }

    private static FlowDocument flow(FlowNode... nodes) {
        return new FlowDocument(
                List.of(FlowLanguage.ES, FlowLanguage.EN),
                List.of(new Trigger(On.EVERYTHING_ELSE, List.of())),
                Rules.USUAL,
                nodes[0].id(),
                List.of(nodes),
                List.of());
    }

    private static FlowDocument withAction(ActionKind kind) {
        return flow(
                new FlowNode.Menu(
                        "menu", es("¿En qué te ayudo?"), List.of(to("go", "Seguir", "act"), to("bye", "Salir", "end"))),
                action(kind),
                new FlowNode.End("end", es("Chau")));
    }

    /** Goes through a flow; remembers where it stands as a session does. */
    private final class Person {
        private final FlowDocument flow;
        private @Nullable FlowState state;
        private FlowTurn turn;

        Person(FlowDocument flow) {
            this(flow, "es");
        }

        Person(FlowDocument flow, String language) {
            this.flow = flow;
            this.language = language;
            this.turn = new FlowEngine(flow, tools, language, NOW).start("everything-else");
            this.state = turn.state();
        }

        private final String language;

        Person says(String text) {
            return hears(FlowInput.words(text));
        }

        Person taps(String id) {
            return hears(new FlowInput("title", id, null));
        }

        private Person hears(FlowInput input) {
            turn = new FlowEngine(flow, tools, language, NOW).resume(Objects.requireNonNull(state), input);
            state = turn.state();
            return this;
        }

        String words() {
            return String.join(
                    "\n---\n", turn.said().stream().map(Utterance::text).toList());
        }

        List<String> steps() {
            return turn.steps().stream()
                    .map(step -> step.kind().wireName() + " " + step.node() + " " + step.cause())
                    .toList();
        }
    }

    @Test
    void a_menu_is_answered_by_number_label_alias_or_its_button() {
        for (var answer : List.of("2", "salir", "SALIR!", "Alias bye", "(2)")) {
            assertThat(new Person(withAction(ActionKind.BOOK)).says(answer).turn.ending())
                    .as(answer)
                    .isEqualTo(Ending.COMPLETED);
        }
        assertThat(new Person(withAction(ActionKind.BOOK)).taps("menu:bye").turn.ending())
                .isEqualTo(Ending.COMPLETED);
    }

    @Test
    void one_definition_says_numbers_and_up_to_three_short_buttons() {
        var asked = new Person(withAction(ActionKind.BOOK)).turn.said().getLast();

        assertThat(asked.text()).isEqualTo("¿En qué te ayudo?\n\n1. Seguir\n2. Salir");
        assertThat(asked.buttons()).extracting(FlowTurn.Button::id).containsExactly("menu:go", "menu:bye");
    }

    @Test
    void more_than_three_and_long_ones_are_a_list_that_is_opened_by_a_word_of_its_language() {
        var options = List.of("a", "b", "c", "d").stream()
                .map(id -> to(id, "Una opción más bien larga " + id, "end"))
                .toList();
        var menu = flow(new FlowNode.Menu("menu", es("¿Qué?"), options), new FlowNode.End("end", es("Chau")));

        var asked = new Person(menu, "en").turn.said().getLast();

        assertThat(asked.list()).isEqualTo("Options");
        assertThat(asked.buttons())
                .extracting(FlowTurn.Button::id)
                .containsExactly("menu:a", "menu:b", "menu:c", "menu:d");
        assertThat(asked.text()).contains("4. Una opción más bien larga d (en)");
        assertThat(new Person(withAction(ActionKind.BOOK)).turn.said().getLast().list())
                .as("two short ones are buttons")
                .isNull();
    }

    @Test
    void a_ticket_is_opened_and_its_number_said_without_asking_back() {
        var person = new Person(withAction(ActionKind.OPEN_TICKET)).says("1");

        assertThat(person.words()).contains("Su número es 17");
        assertThat(tools.done).containsExactly("ticket");
        assertThat(person.turn.ending()).isEqualTo(Ending.COMPLETED);

        tools.ticket = null;
        assertThat(new Person(withAction(ActionKind.OPEN_TICKET)).says("1").steps())
                .contains("not-done act not-possible");
    }

    @Test
    void a_button_of_an_older_message_chooses_nothing() {
        var person = new Person(withAction(ActionKind.BOOK)).taps("elsewhere:bye");

        assertThat(person.steps()).contains("not-understood menu null");
        assertThat(person.turn.ending()).isNull();
    }

    @Test
    void what_is_not_understood_is_asked_again_and_then_left_to_a_person() {
        var person = new Person(withAction(ActionKind.BOOK)).says("quiero ver a acosta");
        assertThat(person.words()).contains("No te entendí", "1. Seguir");

        person.says("eh").says("¿cómo?");

        assertThat(person.turn.ending()).isEqualTo(Ending.HANDED_OVER);
        assertThat(person.steps()).contains("handed-over menu not-understood");
    }

    @ParameterizedTest
    @CsvSource({
        "DATE, 31/12/1990, 1990-12-31",
        "DATE, 1990-2-3, 1990-02-03",
        "NUMBER, '3,5', 3.5",
        "IDENTIFIER, 30.123.456, 30.123.456",
        "PHONE, +54 9 351 555 0148, +54 9 351 555 0148",
        "TEXT, me duele, me duele"
    })
    void an_answer_of_its_kind_is_kept(AnswerType type, String said, String kept) {
        assertThat(TypedAnswers.read(type, FlowInput.words(said))).contains(kept);
    }

    @ParameterizedTest
    @CsvSource({"DATE, 31/02/1990", "DATE, mañana", "NUMBER, tres", "PHONE, no tengo", "MEDIA, foto", "TEXT, ''"})
    void anything_else_is_no_answer(AnswerType type, String said) {
        assertThat(TypedAnswers.read(type, FlowInput.words(said))).isEmpty();
    }

    @Test
    void an_answer_fills_later_texts_and_nothing_in_it_is_read_as_a_field() {
        var person = new Person(flow(
                        new FlowNode.Question(
                                "ask", es("¿Color?"), AnswerType.TEXT, "color", List.of(), FlowTexts.NONE, "end"),
                        new FlowNode.End("end", es("{{patient.givenName}}: {{answer.color}} en {{clinic.name}}"))))
                .says("{{clinic.name}} $1");

        assertThat(person.words()).isEqualTo("{{answer.color}}: {{clinic.name}} $1 en Arrayán");
    }

    @Test
    void back_menu_help_and_status_work_wherever_it_waits() {
        tools.visit(1, "2026-11-26T13:00:00Z");
        var document = flow(
                new FlowNode.Menu("menu", es("Menú"), List.of(to("go", "Seguir", "ask"))),
                new FlowNode.Question(
                        "ask", es("¿Cuántos?"), AnswerType.NUMBER, "n", List.of(), FlowTexts.NONE, "more"),
                new FlowNode.Question(
                        "more", es("¿Y ahora?"), AnswerType.NUMBER, "m", List.of(), FlowTexts.NONE, "end"),
                new FlowNode.End("end", FlowTexts.NONE));
        var person = new Person(document).says("1").says("2");
        assertThat(person.words()).isEqualTo("¿Y ahora?");

        assertThat(person.says("atrás").words()).isEqualTo("¿Cuántos?");
        assertThat(person.says("/status").words()).contains("Tus próximas reservas", "Dra. Gómez", "¿Cuántos?");
        assertThat(person.says("/help").words()).contains("Responde con el número", "¿Cuántos?");
        assertThat(person.says("Menú").words()).startsWith("Menú\n\n1. Seguir");
        assertThat(person.turn.ending()).isNull();
    }

    @Test
    void a_booking_is_said_back_and_made_only_after_a_yes() {
        tools.free("2026-11-25T12:15:00Z", "2026-11-26T19:30:00Z");
        var person = new Person(withAction(ActionKind.BOOK)).says("1");
        assertThat(person.words()).contains("¿Cuándo te queda bien?", "1. ", "09:15", "2. ", "16:30");

        person.says("2");
        assertThat(person.words()).contains("¿Reservamos Control", "16:30", "1. Sí", "2. No");
        assertThat(tools.done).isEmpty();

        person.says("dale");
        assertThat(tools.done).containsExactly("book 2026-11-26T19:30:00Z");
        assertThat(person.turn.ending()).isEqualTo(Ending.COMPLETED);
        assertThat(person.steps()).contains("acted act book");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "2", "No, gracias", "después te digo"})
    void nothing_happens_without_a_yes(String answer) {
        tools.visit(1, "2026-11-26T13:00:00Z");
        new Person(withAction(ActionKind.CANCEL)).says("1").says(answer);

        assertThat(tools.done).isEmpty();
    }

    @Test
    void a_yes_counts_for_the_visit_as_it_was_said_back() {
        var visit = tools.visit(1, "2026-11-26T13:00:00Z");
        var person = new Person(withAction(ActionKind.CANCEL)).says("1");
        tools.visits = List.of(new FlowTools.Visit(
                visit.id(),
                "Control",
                FakeTools.SERVICE,
                "Dra. Gómez",
                visit.start().plusSeconds(3600),
                FakeTools.ZONE,
                2,
                null));

        person.says("sí");

        assertThat(tools.done).isEmpty();
        assertThat(person.words()).contains("Eso no lo puedo hacer por aquí");
    }

    @Test
    void a_time_that_was_taken_meanwhile_is_said_and_the_others_are_offered() {
        tools.free("2026-11-25T12:15:00Z", "2026-11-26T19:30:00Z");
        var person = new Person(withAction(ActionKind.BOOK)).says("1").says("1");
        tools.free.removeFirst();

        person.says("sí");

        assertThat(tools.done).isEmpty();
        assertThat(person.words()).contains("se acaba de ocupar", "16:30").doesNotContain("09:15");
    }

    @Test
    void more_times_than_fit_are_shown_five_at_a_time() {
        for (int hour = 10; hour < 17; hour++) {
            tools.free("2026-11-25T" + hour + ":00:00Z");
        }
        var person = new Person(withAction(ActionKind.BOOK)).says("1");
        assertThat(person.words()).contains("6. Otros horarios");

        assertThat(person.says("6").words()).contains("1. ", "12:00").doesNotContain("07:00");
    }

    @Test
    void a_visit_that_is_too_close_is_for_a_person() {
        tools.visit(1, "2026-11-25T11:00:00Z");
        var person = new Person(withAction(ActionKind.MOVE)).says("1");

        assertThat(person.steps()).contains("not-done act too-late");
        assertThat(tools.done).isEmpty();
    }

    @Test
    void of_several_visits_one_is_chosen_first() {
        tools.visit(1, "2026-11-26T13:00:00Z");
        var second = tools.visit(2, "2026-11-27T13:00:00Z");
        var person = new Person(withAction(ActionKind.CANCEL)).says("1");
        assertThat(person.words()).contains("¿Cuál?");

        person.says("2").says("1");

        assertThat(tools.done).containsExactly("cancel " + second.id());
    }

    @Test
    void whoever_is_no_patient_books_nothing() {
        tools.known = false;
        tools.free("2026-11-25T12:15:00Z");

        assertThat(new Person(withAction(ActionKind.BOOK)).says("1").steps()).contains("not-done act patient-unknown");
    }

    @Test
    void a_flow_that_goes_in_a_circle_ends_with_a_person() {
        var person = new Person(flow(new FlowNode.Jump("a", "b"), new FlowNode.Jump("b", "a")));

        assertThat(person.turn.ending()).isEqualTo(Ending.HANDED_OVER);
        assertThat(person.turn.steps().getLast().cause()).isEqualTo("too-many-steps");
    }

    @Test
    void it_speaks_the_patients_language_and_the_first_where_it_does_not() {
        assertThat(new Person(withAction(ActionKind.BOOK), "en").words()).startsWith("¿En qué te ayudo? (en)");
        assertThat(new Person(withAction(ActionKind.BOOK), "pt-BR").words()).startsWith("¿En qué te ayudo?\n");
    }

    private static FlowDocument updating(String email) {
        return flow(
                new FlowNode.Question("q", es("¿Correo?"), AnswerType.TEXT, "mail", List.of(), FlowTexts.NONE, "b"),
                new FlowNode.Question("b", es("¿Nació?"), AnswerType.DATE, "born", List.of(), FlowTexts.NONE, "act"),
                new FlowNode.Action(
                        "act",
                        ActionKind.UPDATE_DATA,
                        FlowTexts.NONE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new UpdatedDetail(Detail.EMAIL, email), new UpdatedDetail(Detail.BIRTH_DATE, "born")),
                        "end",
                        "other"),
                new FlowNode.End("end", es("Chau")),
                new FlowNode.End("other", es("Otra cosa")));
    }

    @Test
    void their_data_is_said_back_and_updated_only_after_a_yes() {
        var person = new Person(updating("mail")).says("ana@correo.ar").says("31/12/1990");
        assertThat(person.words()).contains("Correo: ana@correo.ar", "Fecha de nacimiento: 31/12/1990", "1. Sí");
        assertThat(tools.done).isEmpty();

        person.says("sí");
        assertThat(tools.done).containsExactly("update {EMAIL=ana@correo.ar, BIRTH_DATE=1990-12-31}");
        assertThat(person.words()).contains("Chau");
    }

    @Test
    void what_could_not_stand_on_a_card_is_said_and_nothing_is_updated() {
        var person = new Person(updating("mail")).says("no tengo").says("31/12/1990");

        assertThat(person.words()).contains("no parece completo", "Otra cosa");
        assertThat(tools.done).isEmpty();
    }

    private static FlowDocument sending(ActionKind kind, UUID file) {
        return flow(
                new FlowNode.Action(
                        "act",
                        kind,
                        es("Así nos encuentras"),
                        List.of(),
                        List.of(),
                        List.of(new FlowNode.SentFile(file, "Plano.pdf")),
                        List.of(),
                        "end",
                        "other"),
                new FlowNode.End("end", FlowTexts.NONE),
                new FlowNode.End("other", es("Otra cosa")));
    }

    @Test
    void the_main_place_is_sent_with_its_pin_and_in_words_where_nobody_said_where_it_lies() {
        tools.places.add(new FlowTools.Place(new UUID(5, 1), "Centro", "Bv. San Juan 500", -31.42, -64.19));
        tools.places.add(new FlowTools.Place(new UUID(5, 2), "Norte", null, null, null));
        var said = new Person(sending(ActionKind.SEND_PLACE, FakeTools.FILE)).turn.said();
        assertThat(said).hasSize(2);
        assertThat(said.getLast().place())
                .isEqualTo(new FlowTurn.SaidPlace("Centro", "Bv. San Juan 500", -31.42, -64.19));

        tools.places.removeFirst();
        assertThat(new Person(sending(ActionKind.SEND_PLACE, FakeTools.FILE)).words())
                .endsWith("Norte");
    }

    @Test
    void a_file_is_sent_with_words_below_it_and_one_that_is_gone_leads_otherwise() {
        var said = new Person(sending(ActionKind.SEND_FILE, FakeTools.FILE))
                .turn
                .said()
                .getFirst();
        assertThat(said.file()).isEqualTo(new FlowTurn.SaidFile(FakeTools.FILE, "Plano.pdf"));
        assertThat(said.text()).isEqualTo("Así nos encuentras");

        assertThat(new Person(sending(ActionKind.SEND_FILE, new UUID(9, 9))).words())
                .isEqualTo("Otra cosa");
    }

    @ParameterizedTest
    @CsvSource({"TAG, vip", "INSURANCE, 00000000-0000-0000-0000-000000000001"})
    void a_tag_or_an_insurance_decides(FlowNode.Test test, String value) {
        var document = flow(
                new FlowNode.Condition("if", test, value, "", "yes", "no"),
                new FlowNode.End("yes", es("Sí")),
                new FlowNode.End("no", es("No")));
        assertThat(new Person(document).words()).isEqualTo("No");

        tools.tags.add(value);
        assertThat(new Person(document).words()).isEqualTo("Sí");
    }

    @Test
    void a_condition_goes_one_way_and_says_which() {
        tools.open = false;
        var person = new Person(flow(
                new FlowNode.Condition("open", FlowNode.Test.OPEN, "", "", "yes", "no"),
                new FlowNode.End("yes", es("Abierto")),
                new FlowNode.End("no", es("Cerrado"))));

        assertThat(person.words()).isEqualTo("Cerrado");
        assertThat(person.turn.steps()).extracting(FlowTurn.Step::kind).contains(Kind.BRANCHED);
    }
}
