package app.recado.bot.flow;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * What Recado says and understands by itself in a flow, in the languages it speaks. Spanish avoids the noun for the visit, because
 * one clinic says turno and the next says cita.
 */
enum FlowWords {
    NOT_UNDERSTOOD("No te entendí.", "I did not understand that.", "Não entendi."),
    TO_A_PERSON(
            "Te pasamos con una persona de la clínica; en cuanto pueda te escribe por aquí.",
            "We are passing you on to a person at the clinic; they will write to you here as soon as they can.",
            "Vamos passar você para uma pessoa da clínica; assim que puder, ela escreve por aqui."),
    HELP(
            "Responde con el número de una opción. «Atrás» vuelve un paso, «menú» al comienzo, «/estado» muestra tus reservas y «persona» te pasa con alguien de la clínica.",
            "Answer with the number of an option. \"Back\" goes one step back, \"menu\" to the beginning, \"/status\" shows your visits and \"person\" passes you on to somebody at the clinic.",
            "Responda com o número de uma opção. \"Voltar\" volta um passo, \"menu\" ao começo, \"/status\" mostra suas consultas e \"pessoa\" passa você para alguém da clínica."),
    NO_VISITS("No tienes reservas pendientes.", "You have no upcoming visits.", "Você não tem consultas marcadas."),
    YOUR_VISITS("Tus próximas reservas:", "Your next visits:", "Suas próximas consultas:"),
    WHICH_VISIT("¿Cuál?", "Which one?", "Qual?"),
    WHICH_SERVICE("¿Para qué?", "What for?", "Para quê?"),
    WHICH_TIME("¿Cuándo te queda bien?", "When would suit you?", "Quando fica bom para você?"),
    OTHER_TIMES("Otros horarios", "Other times", "Outros horários"),
    NO_TIMES(
            "Por ahora no hay horarios libres.",
            "There are no free times at the moment.",
            "No momento não há horários livres."),
    NO_SERVICES(
            "Ahora no hay nada que se pueda reservar por aquí.",
            "There is nothing that can be booked here at the moment.",
            "No momento não há nada que se possa marcar por aqui."),
    TIME_TAKEN("Ese horario se acaba de ocupar.", "That time was just taken.", "Esse horário acabou de ser ocupado."),
    SHALL_BOOK("¿Reservamos %s?", "Shall we book %s?", "Marcamos %s?"),
    SHALL_MOVE("¿Cambiamos tu reserva a %s?", "Shall we move your visit to %s?", "Mudamos sua consulta para %s?"),
    SHALL_CANCEL("¿Cancelamos tu reserva de %s?", "Shall we cancel your visit: %s?", "Cancelamos sua consulta de %s?"),
    SHALL_WAIT(
            "¿Te anotamos en la lista de espera para %s?",
            "Shall we put you on the waiting list for %s?", "Colocamos você na lista de espera para %s?"),
    SHALL_UPDATE("¿Anotamos esto en tus datos?", "Shall we note this in your data?", "Anotamos isto nos seus dados?"),
    DETAIL_EMAIL("Correo: %s", "E-mail: %s", "E-mail: %s"),
    DETAIL_BIRTH_DATE("Fecha de nacimiento: %s", "Date of birth: %s", "Data de nascimento: %s"),
    DETAIL_GIVEN_NAME("Nombre: %s", "Given name: %s", "Nome: %s"),
    DETAIL_FAMILY_NAME("Apellido: %s", "Family name: %s", "Sobrenome: %s"),
    DETAILS_UNREADABLE(
            "Eso no parece completo, así que no lo anotamos.",
            "That does not look complete, so we did not note it.",
            "Isso não parece completo, então não anotamos."),
    MAY_WE_WRITE(
            "¿Quieres recibir también novedades de la clínica?",
            "Would you like to hear news from the clinic as well?",
            "Você quer receber também novidades da clínica?"),
    YES("Sí", "Yes", "Sim"),
    NO("No", "No", "Não"),
    BOOKED("Listo, te esperamos: %s.", "Done, see you then: %s.", "Pronto, esperamos você: %s."),
    MOVED("Listo, quedó para %s.", "Done, it is now %s.", "Pronto, ficou para %s."),
    CANCELLED(
            "Listo, tu reserva quedó cancelada.",
            "Done, your visit is cancelled.",
            "Pronto, sua consulta foi cancelada."),
    CONFIRMED("Gracias, te esperamos: %s.", "Thank you, see you then: %s.", "Obrigado, esperamos você: %s."),
    ON_THE_LIST(
            "Listo, te avisamos si se libera un lugar.",
            "Done, we will tell you when a place becomes free.",
            "Pronto, avisamos se abrir uma vaga."),
    TICKET_OPENED(
            "Recibimos tu pedido. Su número es %s.",
            "We received your request. Its number is %s.", "Recebemos seu pedido. O número dele é %s."),
    OPTIONS("Opciones", "Options", "Opções"),
    CONSENT_YES("Listo, anotado.", "Done, noted.", "Pronto, anotado."),
    CONSENT_NO(
            "Está bien, solo te escribimos por tus reservas.",
            "All right, we only write about your visits.",
            "Tudo bem, só escrevemos sobre suas consultas."),
    NOTHING_CHANGED("Está bien, no cambiamos nada.", "All right, nothing was changed.", "Tudo bem, não mudamos nada."),
    NOT_POSSIBLE("Eso no lo puedo hacer por aquí.", "I cannot do that here.", "Isso eu não consigo fazer por aqui."),
    TOO_LATE(
            "Falta muy poco: ese cambio lo tiene que hacer una persona.",
            "That visit is too close: a person has to change it.",
            "Falta muito pouco para essa consulta: uma pessoa precisa mudar."),
    ANSWER_DATE(
            "Escribe la fecha así: 31/12/1990.",
            "Write the date like this: 31/12/1990.",
            "Escreva a data assim: 31/12/1990."),
    ANSWER_NUMBER("Escribe solo el número.", "Write the number only.", "Escreva só o número."),
    ANSWER_IDENTIFIER(
            "Escribe el documento con letras y números, sin más.",
            "Write the document with letters and digits only.",
            "Escreva o documento só com letras e números."),
    ANSWER_PHONE(
            "Escribe el teléfono con código de área.",
            "Write the phone number with its area code.",
            "Escreva o telefone com DDD."),
    ANSWER_MEDIA("Envía una foto o un archivo.", "Send a picture or a file.", "Envie uma foto ou um arquivo.");

    static final Set<String> BACK = Set.of("atras", "volver", "back", "voltar");
    static final Set<String> MENU = Set.of("menu", "inicio", "start", "menu principal");
    static final Set<String> HELP_WORDS = Set.of("ayuda", "help", "ajuda");
    static final Set<String> STATUS =
            Set.of("estado", "status", "mis turnos", "mis citas", "mis reservas", "my visits", "minhas consultas");
    static final Set<String> YES_WORDS =
            Set.of("si", "s", "ok", "dale", "confirmo", "yes", "y", "yep", "sim", "claro", "por supuesto");
    static final Set<String> NO_WORDS = Set.of("no", "n", "nao", "nope", "no gracias", "nao obrigado", "no thanks");

    private final String es;
    private final String en;
    private final String pt;

    FlowWords(String es, String en, String pt) {
        this.es = es;
        this.en = en;
        this.pt = pt;
    }

    String in(FlowLanguage language) {
        return switch (language) {
            case ES -> es;
            case EN -> en;
            case PT_BR -> pt;
        };
    }

    String in(FlowLanguage language, String what) {
        return in(language).formatted(what);
    }

    /** A moment as people say it: weekday, day and hour on the clock of the place. */
    static String when(Instant at, ZoneId zone, FlowLanguage language) {
        var locale = Locale.forLanguageTag(language.tag());
        var pattern = language == FlowLanguage.EN ? "EEE d MMM, HH:mm" : "EEE d/M, HH:mm";
        return DateTimeFormatter.ofPattern(pattern, locale).withZone(zone).format(at);
    }
}
