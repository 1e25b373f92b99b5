package app.recado.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.whatsapp.AnswerIds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstandingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                " 1 ",
                "1.",
                "(1)",
                "1️⃣",
                "uno",
                "si",
                "Sí",
                "SÍ!!",
                "sí, confirmo",
                "Confirmo",
                "ok confirmo",
                "Ok, confirmo 👍",
                "yes",
                "Yes, I confirm",
                "confirm",
                "sim",
                "Sim, confirmo",
                "👍",
                "👍🏽",
                "✅",
                "✔️",
                "Hola, sí, gracias",
                "Buenas tardes! Confirmo",
                "sí 🙏",
                "gracias 👍",
                "ok 1",
                "Perfecto, ahí estaré",
                "dale"
            })
    void a_yes_is_understood(String text) {
        assertThat(Understanding.of(text)).isEqualTo(Understanding.Meaning.ACCEPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2",
                "2.",
                "2️⃣",
                "no",
                "No.",
                "NO, gracias",
                "não",
                "nao",
                "cancelar",
                "Cancelar por favor",
                "quiero cancelar mi turno",
                "no puedo",
                "No voy a poder ir",
                "no confirmo",
                "can't",
                "I can’t make it",
                "cannot",
                "Não vou poder ir",
                "👎",
                "❌",
                "cancel"
            })
    void a_no_is_understood(String text) {
        assertThat(Understanding.of(text)).isEqualTo(Understanding.Meaning.DECLINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop.",
                "Stop please",
                "BAJA",
                "baja!",
                "quiero darme de baja",
                "SAIR",
                "sair",
                "unsubscribe",
                "No quiero recibir más mensajes"
            })
    void a_stop_is_understood(String text) {
        assertThat(Understanding.of(text)).isEqualTo(Understanding.Meaning.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "ok",
                "gracias",
                "😀",
                "1 o 2?",
                "sí?",
                "¿a qué hora era?",
                "no cancelen",
                "no cancelar",
                "sí pero llego tarde",
                "12",
                "1 2",
                "👍 👎",
                "no 👍",
                "sí ❌",
                "¿Puedo pasarlo a las 4?",
                "no sé",
                "mañana no, otro día sí",
                "stop by later",
                "confirmo si me dan otra hora"
            })
    void anything_else_is_for_a_person(String text) {
        assertThat(Understanding.of(text)).isEqualTo(Understanding.Meaning.NOT_UNDERSTOOD);
    }

    @Test
    void a_button_of_our_own_says_it_whatever_it_is_called() {
        assertThat(Understanding.of("Cuenten conmigo", AnswerIds.YES)).isEqualTo(Understanding.Meaning.ACCEPT);
        assertThat(Understanding.of("Mejor otro día", AnswerIds.NO)).isEqualTo(Understanding.Meaning.DECLINE);
        assertThat(Understanding.of(null, AnswerIds.YES)).isEqualTo(Understanding.Meaning.ACCEPT);
    }

    @Test
    void buttons_that_were_mixed_up_are_for_a_person_and_a_stop_is_always_a_stop() {
        assertThat(Understanding.of("No puedo", AnswerIds.YES)).isEqualTo(Understanding.Meaning.NOT_UNDERSTOOD);
        assertThat(Understanding.of("Confirmo", AnswerIds.NO)).isEqualTo(Understanding.Meaning.NOT_UNDERSTOOD);
        assertThat(Understanding.of("No quiero más mensajes", AnswerIds.NO)).isEqualTo(Understanding.Meaning.STOP);
    }

    @Test
    void what_another_systems_menu_calls_its_rows_says_nothing_only_the_words_do() {
        assertThat(Understanding.of("Martes 10:00", "1")).isEqualTo(Understanding.Meaning.NOT_UNDERSTOOD);
        assertThat(Understanding.of("Confirmo", "2")).isEqualTo(Understanding.Meaning.ACCEPT);
    }
}
