package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.SoakVisits.Visit;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The soak of several replicas counts what the phones show against what the API says. */
class SoakVerdictTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Visit visit = new Visit("+5491150000001", ZonedDateTime.now());

    SoakVerdictTest() {
        visit.appointment = "a";
        visit.answered = true;
    }

    @Test
    void one_confirmation_on_the_phone_and_one_answer_in_the_agenda_is_right() {
        var verdict = verdict(List.of(confirmation("delivered")), List.of(shown(1)), List.of(inbound()), "accepted");

        assertThat(verdict.settled(List.of(visit))).isTrue();
        assertThat(complaints(verdict)).isEmpty();
    }

    @Test
    void what_came_twice_is_told() {
        assertThat(complaints(
                        verdict(List.of(confirmation("delivered")), List.of(shown(2)), List.of(inbound()), "accepted")))
                .containsExactly("+5491150000001: a message was opened more than once");
        assertThat(complaints(verdict(
                        List.of(confirmation("unknown")), List.of(shown(1), shown(1)), List.of(inbound()), "accepted")))
                .containsExactly("+5491150000001: 2 messages on the phone, 1 were sent");
        assertThat(complaints(verdict(
                        List.of(confirmation("read")), List.of(shown(1)), List.of(inbound(), inbound()), "accepted")))
                .containsExactly("+5491150000001: 1 answers sent, 2 kept");
    }

    @Test
    void what_was_lost_is_told() {
        assertThat(complaints(verdict(List.of(confirmation("sent")), List.of(), List.of(inbound()), "accepted")))
                .containsExactly("+5491150000001: 1 messages are said to have reached the phone, 0 did");
        assertThat(complaints(verdict(List.of(confirmation("sent")), List.of(shown(1)), List.of(), "needs-action")))
                .containsExactly(
                        "+5491150000001: the answer did not reach the agenda",
                        "+5491150000001: 1 answers sent, 0 kept");
    }

    @Test
    void an_unknown_message_may_have_arrived_or_not() {
        assertThat(complaints(verdict(List.of(confirmation("unknown")), List.of(), List.of(inbound()), "accepted")))
                .isEmpty();
        assertThat(complaints(
                        verdict(List.of(confirmation("unknown")), List.of(shown(1)), List.of(inbound()), "accepted")))
                .isEmpty();
    }

    @Test
    void what_is_still_on_its_way_is_not_settled() {
        var verdict = verdict(List.of(confirmation("sending")), List.of(), List.of(inbound()), "accepted");

        assertThat(verdict.settled(List.of(visit))).isFalse();
        assertThat(complaints(verdict)).contains("+5491150000001: a message is still sending");
    }

    private List<String> complaints(SoakVerdict verdict) {
        verdict.judge(List.of(visit));
        return verdict.complaints();
    }

    private static SoakVerdict verdict(
            List<JsonNode> messages, List<JsonNode> inbox, List<JsonNode> inbound, String participation) {
        var appointment = node(Map.of("id", "a", "participation", participation));
        return new SoakVerdict(messages, inbox, inbound, List.of(appointment));
    }

    private static JsonNode confirmation(String state) {
        return node(Map.of("id", "m", "kind", "confirmation", "appointmentId", "a", "state", state));
    }

    private static JsonNode shown(int deliveries) {
        return node(Map.of("to", "+5491150000001", "deliveries", deliveries));
    }

    private static JsonNode inbound() {
        return node(Map.of("phone", "+5491150000001"));
    }

    private static JsonNode node(Map<String, Object> fields) {
        return JSON.valueToTree(fields);
    }
}
