package app.recado.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.whatsapp.CommandState;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageStateTest {

    @Test
    void reports_lead_to_the_same_state_in_whatever_order_and_however_often_they_come() {
        var random = new Random(11);
        for (int i = 0; i < 500; i++) {
            var reports = Arrays.asList(CommandState.values()).subList(0, 1 + random.nextInt(9));
            var shuffled = new java.util.ArrayList<>(reports);
            shuffled.addAll(reports);
            Collections.shuffle(shuffled, random);
            assertThat(merge(shuffled)).isEqualTo(merge(reports));
        }
    }

    private static MessageState merge(Iterable<CommandState> reports) {
        var state = MessageState.HANDED;
        for (var report : reports) {
            var reported = MessageState.of(report);
            state = state.yieldsTo(reported) ? reported : state;
        }
        return state;
    }

    @Test
    void evidence_that_it_arrived_beats_every_doubt() {
        for (var doubt : new MessageState[] {
            MessageState.UNKNOWN,
            MessageState.FAILED,
            MessageState.EXPIRED,
            MessageState.WITHDRAWN,
            MessageState.SUPERSEDED
        }) {
            assertThat(doubt.yieldsTo(MessageState.DELIVERED)).isTrue();
            assertThat(MessageState.DELIVERED.yieldsTo(doubt)).isFalse();
        }
    }
}
