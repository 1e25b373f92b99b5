package app.recado.bot.assistant;

import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Visit;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** What is said in the assistant's name word for word, whatever a model says, and which words answer it. */
public enum AssistantWords {
    EMERGENCY(
            "Si es una emergencia, llama ya al número de emergencias de tu país o ve a la urgencia más cercana. Por aquí no podemos atenderla. Avisamos a una persona de la clínica.",
            "If this is an emergency, call your country's emergency number now or go to the nearest emergency room. It cannot be treated here. We are telling a person at the clinic.",
            "Se for uma emergência, ligue agora para o número de emergência do seu país ou vá ao pronto-socorro mais próximo. Por aqui não podemos atender. Avisamos uma pessoa da clínica."),
    NO_ADVICE(
            "Por aquí no podemos dar consejos de salud. Te pasamos con una persona de la clínica. Si empeora o te preocupa, busca atención de urgencia.",
            "We cannot give health advice here. We are passing you on to a person at the clinic. If it gets worse or worries you, seek urgent care.",
            "Por aqui não podemos dar conselhos de saúde. Vamos passar você para uma pessoa da clínica. Se piorar ou preocupar, procure atendimento de urgência."),
    TO_A_PERSON(
            "Te pasamos con una persona de la clínica; en cuanto pueda te escribe por aquí.",
            "We are passing you on to a person at the clinic; they will write to you here as soon as they can.",
            "Vamos passar você para uma pessoa da clínica; assim que puder, ela escreve por aqui."),
    NOT_KNOWN(
            "Eso no lo sé con certeza. Te pasamos con una persona de la clínica.",
            "I do not know that for certain. We are passing you on to a person at the clinic.",
            "Isso eu não sei com certeza. Vamos passar você para uma pessoa da clínica."),
    FOR_A_PERSON(
            "Lo recibimos. El asistente no ve fotos ni archivos y no escucha audios: los mira una persona de la clínica y te contesta por aquí. Si es urgente, llámanos.",
            "We have received it. The assistant cannot see pictures or files or listen to recordings: a person at the clinic will, and will answer you here. If it is urgent, call us.",
            "Recebemos. O assistente não vê fotos nem arquivos e não ouve áudios: uma pessoa da clínica vai ver e responder por aqui. Se for urgente, ligue para nós."),
    OFF_TOPIC(
            "Soy el asistente de la clínica y solo puedo ayudarte con tus reservas y con información de la clínica.",
            "I am the clinic's assistant and can only help with your visits and with information about the clinic.",
            "Sou o assistente da clínica e só posso ajudar com suas consultas e com informações da clínica."),
    TOO_MANY(
            "Recibimos muchos mensajes tuyos seguidos. Te contesta una persona de la clínica.",
            "We have received many messages from you in a short time. A person at the clinic will answer you.",
            "Recebemos muitas mensagens suas seguidas. Uma pessoa da clínica vai responder."),
    ONE_MOMENT("Un momento, por favor.", "One moment, please.", "Um momento, por favor."),
    SHALL_BOOK(
            "¿Reservamos %s? Responde sí o no.",
            "Shall we book %s? Answer yes or no.", "Marcamos %s? Responda sim ou não."),
    SHALL_MOVE(
            "¿Cambiamos %s? Responde sí o no.",
            "Shall we move %s? Answer yes or no.", "Mudamos %s? Responda sim ou não."),
    SHALL_CANCEL(
            "¿Cancelamos %s? Responde sí o no.",
            "Shall we cancel %s? Answer yes or no.", "Cancelamos %s? Responda sim ou não."),
    SHALL_CONFIRM(
            "¿Confirmamos que vienes: %s? Responde sí o no.",
            "Shall we confirm that you are coming: %s? Answer yes or no.",
            "Confirmamos que você vem: %s? Responda sim ou não."),
    SHALL_WAIT(
            "¿Te anotamos en la lista de espera para %s? Responde sí o no.",
            "Shall we put you on the waiting list for %s? Answer yes or no.",
            "Colocamos você na lista de espera para %s? Responda sim ou não."),
    YES("Sí", "Yes", "Sim"),
    NO("No", "No", "Não"),
    BOOKED("Listo, te esperamos: %s.", "Done, see you then: %s.", "Pronto, esperamos você: %s."),
    MOVED("Listo, quedó: %s.", "Done, it is now: %s.", "Pronto, ficou: %s."),
    CANCELLED(
            "Listo, tu reserva quedó cancelada.",
            "Done, your visit is cancelled.",
            "Pronto, sua consulta foi cancelada."),
    CONFIRMED("Gracias, te esperamos: %s.", "Thank you, see you then: %s.", "Obrigado, esperamos você: %s."),
    ON_THE_LIST(
            "Listo, te avisamos si se libera una hora.",
            "Done, we will tell you when an hour becomes free.",
            "Pronto, avisamos se abrir um horário."),
    NOTHING_CHANGED("Está bien, no cambiamos nada.", "All right, nothing was changed.", "Tudo bem, não mudamos nada."),
    NOT_ANY_MORE(
            "Eso ya no es posible: el horario se ocupó o la reserva cambió. No cambiamos nada. ¿Qué prefieres?",
            "That is no longer possible: the time was taken or the visit changed. Nothing was changed. What would you prefer?",
            "Isso já não é possível: o horário foi ocupado ou a consulta mudou. Não mudamos nada. O que você prefere?");

    /** What says yes to a proposal, normalised, and nothing else does: a sentence with a yes in it is no yes. */
    private static final Set<String> YES_WORDS = Set.of(
            "si",
            "s",
            "ok",
            "dale",
            "confirmo",
            "si confirmo",
            "si por favor",
            "si gracias",
            "de acuerdo",
            "yes",
            "y",
            "yep",
            "yes please",
            "sim",
            "claro",
            "por supuesto",
            "sim por favor",
            "pode",
            "pode ser");

    private static final Set<String> NO_WORDS = Set.of(
            "no",
            "n",
            "nao",
            "nope",
            "no gracias",
            "nao obrigado",
            "nao obrigada",
            "no thanks",
            "mejor no",
            "melhor nao");

    private final String es;
    private final String en;
    private final String pt;

    AssistantWords(String es, String en, String pt) {
        this.es = es;
        this.en = en;
        this.pt = pt;
    }

    public String in(FlowLanguage language) {
        return switch (language) {
            case ES -> es;
            case EN -> en;
            case PT_BR -> pt;
        };
    }

    public String in(FlowLanguage language, String what) {
        return in(language).formatted(what);
    }

    /** Whether these words say yes and nothing else. @param normalised as {@code SearchText} does */
    public static boolean isYes(String normalised) {
        return YES_WORDS.contains(normalised);
    }

    /** Whether these words say no and nothing else. @param normalised as {@code SearchText} does */
    public static boolean isNo(String normalised) {
        return NO_WORDS.contains(normalised);
    }

    /** The language of these, by its language alone where the region differs; Spanish for others. */
    public static FlowLanguage language(String tag) {
        return switch (tag.split("-", 2)[0].toLowerCase(Locale.ROOT)) {
            case "en" -> FlowLanguage.EN;
            case "pt" -> FlowLanguage.PT_BR;
            default -> FlowLanguage.ES;
        };
    }

    /** What a proposal asks, in whole: who reads it knows what a yes does. */
    public static String asking(Proposal proposal, FlowLanguage language) {
        var visit = proposal.visit();
        var time = proposal.time();
        return switch (proposal.kind()) {
            case BOOK -> SHALL_BOOK.in(language, proposal.serviceName() + ", " + described(nonNull(time), language));
            case MOVE ->
                SHALL_MOVE.in(
                        language, described(nonNull(visit), language) + " → " + described(nonNull(time), language));
            case CANCEL -> SHALL_CANCEL.in(language, described(nonNull(visit), language));
            case CONFIRM -> SHALL_CONFIRM.in(language, described(nonNull(visit), language));
            case WAIT -> SHALL_WAIT.in(language, proposal.serviceName());
        };
    }

    private static <T> T nonNull(@org.jspecify.annotations.Nullable T part) {
        return java.util.Objects.requireNonNull(part);
    }

    /** A visit as people say it. */
    public static String described(Visit visit, FlowLanguage language) {
        return visit.serviceName() + ", " + when(visit.start(), visit.zone(), language) + ", "
                + visit.practitionerName() + (visit.whose() == null ? "" : " (" + visit.whose() + ")");
    }

    /** A time as people say it. */
    public static String described(Free time, FlowLanguage language) {
        return when(time.start(), time.zone(), language) + ", " + time.practitionerName();
    }

    /** A moment with weekday, day and hour on the clock of the place: a weekday alone is ambiguous. */
    static String when(Instant at, ZoneId zone, FlowLanguage language) {
        var pattern = language == FlowLanguage.EN ? "EEEE d MMMM, HH:mm" : "EEEE d/M, HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.forLanguageTag(language.tag()))
                .withZone(zone)
                .format(at);
    }
}
