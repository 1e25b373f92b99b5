package app.recado.inbox;

import app.recado.whatsapp.AnswerIds;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a yes, a no and a stop from everything else, in Spanish, Portuguese and English. Only whole messages of known
 * words count: "no confirmo" is a no, "no, ¿a qué hora era?" is for a person. A wrong guess moves somebody's visit; a
 * missed one costs staff a glance.
 */
final class Understanding {

    /** What a message means. */
    enum Meaning {
        ACCEPT,
        DECLINE,
        STOP,
        NOT_UNDERSTOOD
    }

    private static final Set<String> ACCEPT = phrases("""
            1, uno, si, sii, siii, sip, yes, yep, sure, sim, claro, claro que si, por supuesto, dale, obvio,
            confirmo, confirmado, confirmada, confirm, confirmed, confirmar, i confirm, confirmo asistencia,
            confirmo mi asistencia, confirmo turno, confirmo el turno, confirmo mi turno, confirmo cita, confirmo la cita,
            confirmo mi cita, confirmo presenca, confirmo a consulta, confirmo minha consulta,
            si confirmo, si confirmado, si confirmo asistencia, si confirmo mi asistencia, si confirmo el turno,
            si confirmo mi turno, si confirmo la cita, si confirmo mi cita, si claro, si dale, si voy, si asisto,
            si asistire, si ahi estare, si alli estare, si estare, si ire,
            sim confirmo, sim confirmado, sim vou, sim estarei, sim claro,
            yes confirm, yes i confirm, yes confirmed, yes i will be there, yes ill be there, i will be there, ill be there,
            voy, asisto, asistire, ahi estare, alli estare, vou, estarei la, eu confirmo, yo confirmo,
            opcion 1, la 1, opcao 1, a 1, option 1
            """);

    private static final Set<String> DECLINE = phrases("""
            2, dos, no, nop, nope, nao, cancelar, cancel, cancelo, cancela, cancele, cancelen, cancelenlo, cancelalo,
            cancelar turno, cancelar el turno, cancelar mi turno, cancelar cita, cancelar la cita, cancelar mi cita,
            cancelar consulta, cancelar a consulta, cancelar minha consulta, cancel it, cancel appointment,
            cancel my appointment, cancel the appointment, quiero cancelar, quiero cancelar el turno, quiero cancelar mi turno,
            quiero cancelar la cita, quiero cancelar mi cita, necesito cancelar, necesito cancelar el turno,
            necesito cancelar mi turno, necesito cancelar la cita, tengo que cancelar, debo cancelar,
            quero cancelar, preciso cancelar, i want to cancel, i need to cancel, i have to cancel, please cancel,
            no puedo, no puedo ir, no puedo asistir, no podre, no podre ir, no podre asistir, no voy, no voy a poder,
            no voy a poder ir, no voy a poder asistir, no voy a ir, no asisto, no asistire, no confirmo, no ire,
            no podria, no podria ir,
            nao posso, nao posso ir, nao vou, nao vou poder, nao vou poder ir, nao poderei, nao poderei ir, nao irei,
            nao confirmo, nao consigo, nao consigo ir,
            cant, cannot, i cant, i cannot, cant make it, i cant make it, i cannot make it, i wont make it, i cant go,
            i cannot go, i cant come, i cannot come, i cannot attend, i cant attend, i will not come, i wont come, not coming,
            no i cant, no i cannot,
            opcion 2, la 2, opcao 2, a 2, option 2
            """);

    private static final Set<String> STOP = phrases("""
            stop, stopp, stop all, stopall, stop it, please stop, stop messages, stop messaging me, unsubscribe, end messages,
            baja, dar de baja, darme de baja, dame de baja, denme de baja, quiero darme de baja, quiero la baja,
            solicito la baja, pido la baja, no mas mensajes, no quiero mas mensajes,
            no quiero recibir mas mensajes, no quiero recibir mensajes, no me escriban mas, no me escriban,
            no me manden mas mensajes, no me envien mas mensajes, dejen de escribirme,
            sair, parar, pare, descadastrar, cancelar inscricao, nao quero mais mensagens, nao quero receber mensagens,
            nao quero receber mais mensagens, nao me mandem mais mensagens, desuscribir, desuscribirme
            """);

    /** Said around an answer without being one: alone, "ok" or "gracias" may mean anything. */
    private static final Set<String> COURTESY =
            Arrays.stream("""
            hola hello hi hey ola oi buenas buenos buen bom boa dia dias tarde tardes noche noches noite noites
            gracias muchas muchisimas mil obrigado obrigada muito thanks thank you please por favor pls porfa saludos
            doctor doctora dr dra ok okay oki listo perfecto perfeito genial bueno
            """.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());

    private static final Set<Integer> YES_SIGNS = codePoints("👍✅✔☑👌");
    private static final Set<Integer> NO_SIGNS = codePoints("👎❌✖🚫❎");

    private Understanding() {}

    /**
     * What somebody meant who may have tapped a button. A button of Recado's own says it by its id, unless the words on it
     * plainly say the opposite: then somebody mixed the buttons up, and only a person can tell. Ids of other systems say
     * nothing.
     *
     * @param text the words, which are the button's title when one was tapped
     * @param choiceId the id of what was tapped; null when nothing was
     */
    static Meaning of(@Nullable String text, @Nullable String choiceId) {
        var words = of(text);
        var tapped = AnswerIds.YES.equals(choiceId)
                ? Meaning.ACCEPT
                : AnswerIds.NO.equals(choiceId) ? Meaning.DECLINE : Meaning.NOT_UNDERSTOOD;
        if (tapped == Meaning.NOT_UNDERSTOOD || words == Meaning.NOT_UNDERSTOOD) {
            return tapped == Meaning.NOT_UNDERSTOOD ? words : tapped;
        }
        return words == tapped || words == Meaning.STOP ? words : Meaning.NOT_UNDERSTOOD;
    }

    static Meaning of(@Nullable String text) {
        if (text == null) {
            return Meaning.NOT_UNDERSTOOD;
        }
        var signs = meaningOfSigns(text);
        var words = words(text);
        var bare = Arrays.stream(words.split(" "))
                .filter(word -> !COURTESY.contains(word))
                .collect(Collectors.joining(" "));
        if (bare.isEmpty() && lookUp(words) == Meaning.NOT_UNDERSTOOD) {
            return signs == null ? Meaning.NOT_UNDERSTOOD : signs;
        }
        var meaning = lookUp(words) == Meaning.NOT_UNDERSTOOD ? lookUp(bare) : lookUp(words);
        boolean contradicted = signs != null && meaning != signs && meaning != Meaning.STOP;
        return contradicted ? Meaning.NOT_UNDERSTOOD : meaning;
    }

    private static Meaning lookUp(String phrase) {
        if (STOP.contains(phrase)) {
            return Meaning.STOP;
        }
        if (ACCEPT.contains(phrase)) {
            return Meaning.ACCEPT;
        }
        return DECLINE.contains(phrase) ? Meaning.DECLINE : Meaning.NOT_UNDERSTOOD;
    }

    /** Emoji that say yes or no; null when there are none, and not understood when both are there. */
    private static @Nullable Meaning meaningOfSigns(String text) {
        var found = new HashSet<Meaning>();
        text.codePoints().forEach(point -> {
            if (YES_SIGNS.contains(point)) {
                found.add(Meaning.ACCEPT);
            } else if (NO_SIGNS.contains(point)) {
                found.add(Meaning.DECLINE);
            }
        });
        return switch (found.size()) {
            case 0 -> null;
            case 1 -> found.iterator().next();
            default -> Meaning.NOT_UNDERSTOOD;
        };
    }

    /**
     * Lower case, without accents, apostrophes, punctuation and emoji; "1️⃣" becomes "1". A question is never an answer, so
     * its mark is kept as a word that no phrase contains.
     */
    private static String words(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("['’`´]", "")
                .replaceAll("[?¿]+", " ? ");
        return plain.replaceAll("[^\\p{L}\\p{Nd}?]+", " ").strip();
    }

    private static Set<String> phrases(String list) {
        return Arrays.stream(list.split(","))
                .map(phrase -> phrase.strip().replaceAll("\\s+", " "))
                .filter(phrase -> !phrase.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Integer> codePoints(String signs) {
        return signs.codePoints().boxed().collect(Collectors.toUnmodifiableSet());
    }
}
