package app.recado.notices;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a proof says in the clinic's language. A code without words is shown as it is. */
final class ProofWords {

    private static final List<String> LANGUAGES = List.of("es", "en", "pt-BR");

    /** In the order of {@link #LANGUAGES}. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            of("title", "Constancia de aviso", "Proof of notice", "Comprovante de aviso"),
            of("clinic", "Clínica", "Clinic", "Clínica"),
            of("patient", "Paciente", "Patient", "Paciente"),
            of("written", "Emitida", "Issued", "Emitido"),
            of("whole", "SHA-256 del conjunto", "SHA-256 of the whole", "SHA-256 do conjunto"),
            of("when", "Cuándo", "When", "Quando"),
            of("what", "Qué pasó", "What happened", "O que aconteceu"),
            of("words", "Texto", "Words", "Texto"),
            of("nothing", "No hay nada registrado.", "Nothing is recorded.", "Não há nada registrado."),
            of("appointment-requested", "Pedido por el paciente", "Asked for by the patient", "Pedido pelo paciente"),
            of("appointment-booked", "Agendado", "Booked", "Agendado"),
            of("appointment-moved", "Cambiado de hora", "Moved", "Remarcado"),
            of("appointment-cancelled", "Cancelado", "Cancelled", "Cancelado"),
            of("appointment-reinstated", "Cancelación deshecha", "Cancellation undone", "Cancelamento desfeito"),
            of("appointment-arrived", "Llegó", "Arrived", "Chegou"),
            of("appointment-checked-in", "En sala", "Checked in", "Na sala"),
            of("appointment-fulfilled", "Atendido", "Fulfilled", "Atendido"),
            of("appointment-noshow", "No vino", "Did not come", "Não veio"),
            of("appointment-accepted", "Confirmado", "Confirmed", "Confirmado"),
            of("appointment-declined", "Dijo que no viene", "Said no", "Disse que não vem"),
            of("appointment-tentative", "Quizás", "Perhaps", "Talvez"),
            of("appointment-needs-action", "Sin respuesta", "Not answered", "Sem resposta"),
            of("message", "Mensaje", "Message", "Mensagem"),
            of("answer", "Respuesta", "Answer", "Resposta"),
            of("confirmation", "Confirmación", "Confirmation", "Confirmação"),
            of("reminder", "Recordatorio", "Reminder", "Lembrete"),
            of("cancellation", "Cancelación", "Cancellation", "Cancelamento"),
            of("reschedule", "Cambio de hora", "Change of time", "Mudança de horário"),
            of("followup", "Después de la visita", "After the visit", "Depois da visita"),
            of("survey", "Encuesta", "Survey", "Pesquisa"),
            of("rated", "puntuó la visita", "rated the visit", "avaliou a visita"),
            of("missed", "No vino", "Did not come", "Não veio"),
            of("recall", "Es tiempo de volver", "Time to come again", "Hora de voltar"),
            of("manual", "Escrito por la clínica", "Written by the clinic", "Escrito pela clínica"),
            of("consent", "Sobre recibir mensajes", "About getting messages", "Sobre receber mensagens"),
            of("verification", "Código", "Code", "Código"),
            of("campaign", "Campaña", "Campaign", "Campanha"),
            of("planned", "anotado", "noted", "anotado"),
            of("queued", "espera", "waits", "espera"),
            of("handed", "entregado a la línea", "given to the line", "entregue à linha"),
            of("accepted", "aceptado", "accepted", "aceito"),
            of("sending", "saliendo", "leaving", "saindo"),
            of("sent", "enviado", "sent", "enviado"),
            of("delivered", "le llegó", "delivered", "chegou"),
            of("read", "lo leyó", "read", "lido"),
            of("failed", "no salió", "failed", "não saiu"),
            of("unknown", "no se sabe", "unknown", "não se sabe"),
            of("withdrawn", "retirado", "withdrawn", "retirado"),
            of("superseded", "ya no vale", "superseded", "não vale mais"),
            of("expired", "venció", "expired", "venceu"),
            of("suppressed", "no se envió", "not sent", "não enviado"),
            of("declined", "dijo que no", "said no", "disse que não"),
            of("cancelled", "canceló", "cancelled", "cancelou"),
            of("opted-out", "no quiere mensajes", "wants no messages", "não quer mensagens"),
            of("opted-in", "quiere mensajes", "wants messages", "quer mensagens"),
            of("in-flow", "siguió un flujo", "a flow went on", "um fluxo continuou"),
            of("for-staff", "para el equipo", "for staff", "para a equipe"),
            of("ignored", "sin efecto", "without effect", "sem efeito"),
            of("linked-device", "WhatsApp", "WhatsApp", "WhatsApp"),
            of("cloud-api", "WhatsApp (Cloud API)", "WhatsApp (Cloud API)", "WhatsApp (Cloud API)"),
            of("twilio", "WhatsApp (Twilio)", "WhatsApp (Twilio)", "WhatsApp (Twilio)"),
            of("evolution", "WhatsApp (Evolution API)", "WhatsApp (Evolution API)", "WhatsApp (Evolution API)"));

    private final int language;

    private ProofWords(int language) {
        this.language = language;
    }

    private static Map.Entry<String, List<String>> of(String code, String es, String en, String pt) {
        return Map.entry(code, List.of(es, en, pt));
    }

    /** @param locale BCP 47; Spanish for what Recado does not write */
    static ProofWords of(String locale) {
        return new ProofWords(Math.max(0, LANGUAGES.indexOf(locale)));
    }

    String title() {
        return say("title");
    }

    String say(String code) {
        var words = WORDS.get(code);
        return words == null ? code : words.get(language);
    }

    /** What happened, in one line. */
    String about(ProofLine line) {
        return Stream.of(
                        said(line.occasion() == null ? line.kind() : line.occasion()),
                        said(line.state()),
                        line.kind().equals("message") ? line.reason() : null,
                        said(line.channel()),
                        line.phone(),
                        line.providerMessageId())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" · "));
    }

    private @Nullable String said(@Nullable String code) {
        return code == null ? null : say(code);
    }
}
