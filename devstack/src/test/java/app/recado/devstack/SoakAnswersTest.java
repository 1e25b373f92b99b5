package app.recado.devstack;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.devstack.SoakVisits.Visit;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of a soak: a call that nobody answered is repeated, and the message stays the same one. */
class SoakAnswersTest {

    private static final String ANA = "+5491150000001";
    private final Visit visit = new Visit(ANA, ZonedDateTime.now());
    private final BrokenPhones phones = new BrokenPhones();
    private final SoakAnswers answers = new SoakAnswers(phones, List.of(visit));

    /** Phones of which the next calls fail, after they did what was asked. */
    private static final class BrokenPhones implements SoakPhones {
        private final List<String> asked = new ArrayList<>();
        private int failures;
        private boolean reached = true;

        @Override
        public List<JsonNode> inbox() {
            return reached
                    ? List.of(JsonMapper.builder().build().valueToTree(Map.of("to", ANA, "deliveries", 1)))
                    : List.of();
        }

        @Override
        public void write(String phone, String id, String text) {
            asked.add(id);
            if (failures-- > 0) {
                throw new DevstackException("nobody answered");
            }
        }
    }

    @Test
    void who_got_nothing_answers_nothing() {
        phones.reached = false;
        rounds(20);
        assertThat(phones.asked).isEmpty();
    }

    @Test
    void an_answer_is_written_once_when_the_phone_confirms_it() {
        rounds(20);
        assertThat(phones.asked).containsExactly(visit.answerId);
        assertThat(visit.answered).isTrue();
    }

    @Test
    void a_failed_call_ends_nothing_and_is_repeated_under_the_same_id() {
        phones.failures = 2;
        rounds(20);
        assertThat(phones.asked).containsExactly(visit.answerId, visit.answerId, visit.answerId);
        assertThat(visit.answered).isTrue();
        assertThat(answers.repeated()).isEqualTo(2);
    }

    @Test
    void what_was_begun_is_finished_at_the_end() {
        phones.failures = 1;
        while (!visit.answerBegun) {
            answers.round(new Random(1));
        }
        assertThat(visit.answered).isFalse();
        assertThat(answers.finish(Duration.ofSeconds(1))).isEmpty();
        assertThat(visit.answered).isTrue();
    }

    @Test
    void what_the_phone_never_wrote_is_told() {
        phones.failures = Integer.MAX_VALUE;
        rounds(20);
        assertThat(answers.finish(Duration.ZERO)).containsExactly(ANA);
    }

    private void rounds(int many) {
        var random = new Random(1);
        for (int i = 0; i < many; i++) {
            answers.round(random);
        }
    }
}
