package app.recado.bot;

import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowDocument.On;
import app.recado.bot.flow.FlowDocument.Rules;
import app.recado.bot.flow.FlowDocument.Trigger;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowNode;
import app.recado.bot.flow.FlowNode.Action;
import app.recado.bot.flow.FlowNode.ActionKind;
import app.recado.bot.flow.FlowNode.Option;
import app.recado.bot.flow.FlowTexts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Flows that a clinic can begin with: without faults in three languages, and without a word about one clinic. Spanish avoids the
 * noun for the visit, because one clinic says turno and the next says cita.
 */
final class StarterFlows {

    private static final List<FlowLanguage> LANGUAGES = List.of(FlowLanguage.ES, FlowLanguage.EN, FlowLanguage.PT_BR);

    private StarterFlows() {}

    /**
     * A flow to begin with.
     *
     * @param key its name here, which never changes
     * @param name what it is called in the clinic's language
     */
    record Starter(String key, String name, FlowDocument document) {}

    /** All of them. @param locale BCP 47, the clinic's: whoever wants a language that is not spoken hears this one */
    static List<Starter> all(String locale) {
        var first = LANGUAGES.stream()
                .filter(one -> one.tag().equals(locale))
                .findFirst()
                .orElse(FlowLanguage.ES);
        return List.of(
                new Starter(
                        "front-desk",
                        in(first, "Recepción", "Front desk", "Recepção"),
                        speakingFirst(first, frontDesk())),
                new Starter(
                        "outside-hours",
                        in(first, "Fuera de horario", "Outside hours", "Fora do horário"),
                        speakingFirst(first, outsideHours())));
    }

    private static String in(FlowLanguage language, String es, String en, String pt) {
        return switch (language) {
            case ES -> es;
            case EN -> en;
            case PT_BR -> pt;
        };
    }

    private static FlowDocument speakingFirst(FlowLanguage first, FlowDocument document) {
        var languages = Stream.concat(Stream.of(first), LANGUAGES.stream().filter(one -> one != first))
                .toList();
        return new FlowDocument(
                languages,
                document.triggers(),
                document.rules(),
                document.start(),
                document.nodes(),
                document.positions());
    }

    /** The front desk: visits are seen, confirmed, moved, cancelled and booked; everything else goes to a person. */
    static FlowDocument frontDesk() {
        return new FlowDocument(
                LANGUAGES,
                List.of(
                        new Trigger(On.FIRST_MESSAGE, List.of()),
                        new Trigger(
                                On.KEYWORD,
                                List.of("hola", "menu", "hi", "hello", "oi", "olá", "turno", "cita", "consulta"))),
                new Rules(
                        900,
                        1800,
                        texts(
                                "Cuando quieras, escríbenos «menú» y seguimos.",
                                "Whenever you like, write \"menu\" and we go on.",
                                "Quando quiser, escreva \"menu\" e continuamos."),
                        2,
                        24),
                "menu",
                List.of(
                        new FlowNode.Menu(
                                "menu",
                                texts(
                                        "Hola, soy el asistente de {{clinic.name}}. ¿En qué te ayudo?",
                                        "Hello, this is the assistant of {{clinic.name}}. How can I help?",
                                        "Olá, sou o assistente de {{clinic.name}}. Como posso ajudar?"),
                                List.of(
                                        option("book", "Reservar una hora", "Book a visit", "Marcar consulta", "known"),
                                        option("visits", "Mis reservas", "My visits", "Minhas consultas", "visits"),
                                        option("move", "Cambiar una reserva", "Move a visit", "Mudar consulta", "move"),
                                        option(
                                                "cancel",
                                                "Cancelar una reserva",
                                                "Cancel a visit",
                                                "Cancelar consulta",
                                                "cancel"),
                                        option(
                                                "person",
                                                "Hablar con alguien",
                                                "Talk to somebody",
                                                "Falar com alguém",
                                                "open"))),
                        new FlowNode.Condition("known", FlowNode.Test.PATIENT_KNOWN, "", "", "book", "new-patient"),
                        action("book", ActionKind.BOOK, "done", "no-time"),
                        new FlowNode.Menu(
                                "no-time",
                                texts("¿Cómo seguimos?", "How shall we go on?", "Como seguimos?"),
                                List.of(
                                        option("wait", "Lista de espera", "Waiting list", "Lista de espera", "wait"),
                                        option(
                                                "person",
                                                "Hablar con alguien",
                                                "Talk to somebody",
                                                "Falar com alguém",
                                                "open"),
                                        option("back", "Al comienzo", "To the beginning", "Ao começo", "menu"))),
                        action("wait", ActionKind.JOIN_WAITLIST, "done", "open"),
                        new FlowNode.Message(
                                "new-patient",
                                texts(
                                        "La primera vez te atiende una persona.",
                                        "A person helps you with your first visit.",
                                        "Para a primeira consulta, uma pessoa atende você."),
                                "open"),
                        action("visits", ActionKind.MY_VISITS, "done", "done"),
                        action("move", ActionKind.MOVE, "done", "done"),
                        action("cancel", ActionKind.CANCEL, "done", "done"),
                        new FlowNode.Menu(
                                "done",
                                texts("¿Algo más?", "Anything else?", "Mais alguma coisa?"),
                                List.of(
                                        option("menu", "Sí, al comienzo", "Yes, to the menu", "Sim, ao começo", "menu"),
                                        option(
                                                "person",
                                                "Hablar con alguien",
                                                "Talk to somebody",
                                                "Falar com alguém",
                                                "open"),
                                        option("end", "No, gracias", "No, thank you", "Não, obrigado", "end"))),
                        new FlowNode.Condition("open", FlowNode.Test.OPEN, "", "", "hand-over", "closed"),
                        new FlowNode.Message(
                                "closed",
                                texts(
                                        "Ahora no estamos, pero dejamos tu mensaje para cuando abramos.",
                                        "We are closed now, but your message waits until we open.",
                                        "Agora estamos fechados, mas sua mensagem fica para quando abrirmos."),
                                "hand-over"),
                        new FlowNode.HandOver("hand-over", FlowTexts.NONE),
                        new FlowNode.End(
                                "end",
                                texts(
                                        "¡Gracias por escribirnos!",
                                        "Thank you for writing!",
                                        "Obrigado por escrever!"))),
                List.of());
    }

    /** Outside hours: what can wait waits, what cannot is asked to call. */
    static FlowDocument outsideHours() {
        return new FlowDocument(
                LANGUAGES,
                List.of(new Trigger(On.OUTSIDE_HOURS, List.of())),
                Rules.USUAL,
                "closed",
                List.of(
                        new FlowNode.Menu(
                                "closed",
                                texts(
                                        "En este momento no estamos. Si es una urgencia, llama al servicio de emergencias. ¿Qué prefieres?",
                                        "We are closed at the moment. If it is an emergency, call the emergency services. What would you like?",
                                        "No momento estamos fechados. Se for uma urgência, ligue para a emergência. O que prefere?"),
                                List.of(
                                        option("visits", "Mis reservas", "My visits", "Minhas consultas", "visits"),
                                        option(
                                                "message",
                                                "Dejar un mensaje",
                                                "Leave a message",
                                                "Deixar mensagem",
                                                "hand-over"))),
                        action("visits", ActionKind.MY_VISITS, "end", "end"),
                        new FlowNode.HandOver(
                                "hand-over",
                                texts(
                                        "Cuéntanos aquí; te respondemos cuando abramos.",
                                        "Tell us here; we answer when we open.",
                                        "Conte aqui; respondemos quando abrirmos.")),
                        new FlowNode.End("end", FlowTexts.NONE)),
                List.of());
    }

    private static FlowTexts texts(String es, String en, String pt) {
        return new FlowTexts(es, en, pt);
    }

    private static Option option(String id, String es, String en, String pt, String next) {
        return new Option(id, texts(es, en, pt), List.of(), next);
    }

    private static Action action(String id, ActionKind kind, String next, String otherwise) {
        return FlowNode.agenda(id, kind, FlowTexts.NONE, List.of(), next, otherwise);
    }
}
