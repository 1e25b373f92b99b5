package app.recado.templates;

import java.time.Instant;

/**
 * Recado's own texts. They avoid the noun for the visit, because one clinic says turno and the next says cita; they tell
 * how to answer ("1", "2") and how to be left alone (BAJA, STOP, SAIR), which the inbox understands in any language.
 */
final class DefaultTexts {

    /** When these texts were last worded. */
    static final Instant WORDED_AT = Instant.parse("2026-11-30T00:00:00Z");

    private static final String ANSWER_ES = """


            Responde:
            1 para confirmar
            2 si no puedes venir""";
    private static final String ANSWER_EN = """


            Reply:
            1 to confirm
            2 if you can't make it""";
    private static final String ANSWER_PT = """


            Responda:
            1 para confirmar
            2 se não puder vir""";
    private static final String ALL_ES = "\n\nResponde 1 si van todos. Si alguno no puede ir, escribe quién.";
    private static final String ALL_EN = "\n\nReply 1 if everybody is coming. If somebody can't make it, write who.";
    private static final String ALL_PT = "\n\nResponda 1 se todos vêm. Se alguém não puder vir, escreva quem.";
    private static final String TAKE_ES = "\n\nResponde:\n1 para tomarla\n2 si no te sirve";
    private static final String TAKE_EN = "\n\nReply:\n1 to take it\n2 if it does not suit you";
    private static final String TAKE_PT = "\n\nResponda:\n1 para ficar com ele\n2 se não servir";
    private static final String STOP_ES = "\n\nPara no recibir más mensajes, escribe BAJA.";
    private static final String STOP_EN = "\n\nTo get no more messages, write STOP.";
    private static final String STOP_PT = "\n\nPara não receber mais mensagens, escreva SAIR.";

    private static final String OTHERS_ES =
            "{{#appointment.others}} También te esperamos: {{appointment.others}}.{{/appointment.others}}";
    private static final String OTHERS_EN =
            "{{#appointment.others}} We also expect you on: {{appointment.others}}.{{/appointment.others}}";
    private static final String OTHERS_PT =
            "{{#appointment.others}} Também esperamos você: {{appointment.others}}.{{/appointment.others}}";
    private static final String OFF_ES =
            "{{#appointment.others}} Tampoco en estas fechas: {{appointment.others}}.{{/appointment.others}}";
    private static final String OFF_EN =
            "{{#appointment.others}} Nor on: {{appointment.others}}.{{/appointment.others}}";
    private static final String OFF_PT =
            "{{#appointment.others}} Nem nestas datas: {{appointment.others}}.{{/appointment.others}}";

    private static final String HOUSEHOLD_ES =
            "{{#household.visits}} También esperamos a {{household.visits}}.{{/household.visits}}";
    private static final String HOUSEHOLD_EN =
            "{{#household.visits}} We also expect {{household.visits}}.{{/household.visits}}";
    private static final String HOUSEHOLD_PT =
            "{{#household.visits}} Esperamos também {{household.visits}}.{{/household.visits}}";

    private DefaultTexts() {}

    /** The same of several people's visits: one answer is for all of them, and it is said so. */
    static String askingForAll(String text) {
        return text.replace(ANSWER_ES, ALL_ES).replace(ANSWER_EN, ALL_EN).replace(ANSWER_PT, ALL_PT);
    }

    /** Whether a text says that one answer is for all. Words of a clinic's own may ask in any way, so they say nothing of it. */
    static boolean asksForAll(String text) {
        return text.contains(ALL_ES) || text.contains(ALL_EN) || text.contains(ALL_PT);
    }

    /** The same for somebody of whom it is known that they come. */
    static String withoutQuestion(String text) {
        return text.replace(ANSWER_ES, "\n\nYa está confirmado. Si no puedes venir, escríbenos.")
                .replace(ANSWER_EN, "\n\nIt is already confirmed. If you can't make it, write to us.")
                .replace(ANSWER_PT, "\n\nJá está confirmado. Se não puder vir, escreva para nós.");
    }

    static String of(TemplateKind kind, TemplateLanguage language) {
        return switch (language) {
            case ES -> spanish(kind);
            case EN -> english(kind);
            case PT_BR -> portuguese(kind);
        };
    }

    private static String spanish(TemplateKind kind) {
        return switch (kind) {
            case CONFIRMATION ->
                "Hola, {{patient.givenName}}. Te escribimos de {{organization.name}}. Te esperamos el"
                        + " {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}"
                        + " ({{service.name}})." + OTHERS_ES + ANSWER_ES + STOP_ES;
            case REMINDER ->
                "Hola, {{patient.givenName}}. Te recordamos desde {{organization.name}} que te esperamos el"
                        + " {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}."
                        + HOUSEHOLD_ES + ANSWER_ES + STOP_ES;
            case RESCHEDULE ->
                "Hola, {{patient.givenName}}. En {{organization.name}} cambió tu horario: ahora te esperamos el"
                        + " {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}."
                        + OTHERS_ES + ANSWER_ES + STOP_ES;
            case OFFER ->
                "Hola, {{patient.givenName}}. En {{organization.name}} puede quedar libre una hora para ti: el"
                        + " {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}"
                        + " ({{service.name}}). ¿La quieres? Es de quien conteste primero." + TAKE_ES + STOP_ES;
            case CANCELLATION ->
                "Hola, {{patient.givenName}}. Lamentamos avisarte que en {{organization.name}} no podremos recibirte el"
                        + " {{appointment.date}} a las {{appointment.time}} con {{practitioner.displayName}}."
                        + OFF_ES + " Escríbenos y buscamos otro horario." + STOP_ES;
            case FOLLOWUP ->
                "Hola, {{patient.givenName}}. Gracias por tu visita a {{organization.name}}. Si te quedó alguna duda,"
                        + " escríbenos por aquí." + STOP_ES;
            case SURVEY ->
                "Hola, {{patient.givenName}}. ¿Cómo te fue con {{practitioner.displayName}} en {{organization.name}}?"
                        + " Responde con un número del 1 (muy mal) al 5 (muy bien); si quieres, cuéntanos por qué."
                        + STOP_ES;
            case MISSED ->
                "Hola, {{patient.givenName}}. Te esperábamos en {{organization.name}} el {{appointment.date}} a las"
                        + " {{appointment.time}}. Escríbenos y buscamos otro horario." + STOP_ES;
            case RECALL ->
                "Hola, {{patient.givenName}}. En {{organization.name}} te recordamos que ya es tiempo de volver"
                        + " ({{service.name}}). Escríbenos y buscamos un horario para ti." + STOP_ES;
        };
    }

    private static String english(TemplateKind kind) {
        return switch (kind) {
            case CONFIRMATION ->
                "Hello {{patient.givenName}}, this is {{organization.name}}. We look forward to seeing you on"
                        + " {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}"
                        + " ({{service.name}})." + OTHERS_EN + ANSWER_EN + STOP_EN;
            case REMINDER ->
                "Hello {{patient.givenName}}, a reminder from {{organization.name}}: we expect you on"
                        + " {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}."
                        + HOUSEHOLD_EN + ANSWER_EN + STOP_EN;
            case RESCHEDULE ->
                "Hello {{patient.givenName}}, your time at {{organization.name}} has changed: we now expect you on"
                        + " {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}."
                        + OTHERS_EN + ANSWER_EN + STOP_EN;
            case OFFER ->
                "Hello {{patient.givenName}}, an hour may be free for you at {{organization.name}}:"
                        + " {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}"
                        + " ({{service.name}}). Would you like it? Whoever answers first has it." + TAKE_EN + STOP_EN;
            case CANCELLATION ->
                "Hello {{patient.givenName}}, we are sorry: {{organization.name}} cannot see you on"
                        + " {{appointment.date}} at {{appointment.time}} with {{practitioner.displayName}}."
                        + OFF_EN + " Write to us and we will find another time." + STOP_EN;
            case FOLLOWUP ->
                "Hello {{patient.givenName}}, thank you for your visit to {{organization.name}}. If anything is unclear,"
                        + " write to us here." + STOP_EN;
            case SURVEY ->
                "Hello {{patient.givenName}}, how was your visit with {{practitioner.displayName}} at"
                        + " {{organization.name}}? Reply with a number from 1 (very bad) to 5 (very good); tell us why if"
                        + " you like." + STOP_EN;
            case MISSED ->
                "Hello {{patient.givenName}}, we expected you at {{organization.name}} on {{appointment.date}} at"
                        + " {{appointment.time}}. Write to us and we will find another time." + STOP_EN;
            case RECALL ->
                "Hello {{patient.givenName}}, a reminder from {{organization.name}}: it is time to come again"
                        + " ({{service.name}}). Write to us and we will find a time for you." + STOP_EN;
        };
    }

    private static String portuguese(TemplateKind kind) {
        return switch (kind) {
            case CONFIRMATION ->
                "Olá, {{patient.givenName}}! Aqui é {{organization.name}}. Esperamos você: {{appointment.date}}, às"
                        + " {{appointment.time}}, com {{practitioner.displayName}} ({{service.name}})." + OTHERS_PT
                        + ANSWER_PT + STOP_PT;
            case REMINDER ->
                "Olá, {{patient.givenName}}! Um lembrete de {{organization.name}}: esperamos você,"
                        + " {{appointment.date}}, às {{appointment.time}}, com {{practitioner.displayName}}."
                        + HOUSEHOLD_PT + ANSWER_PT + STOP_PT;
            case RESCHEDULE ->
                "Olá, {{patient.givenName}}! Seu horário em {{organization.name}} mudou. Agora esperamos você:"
                        + " {{appointment.date}}, às {{appointment.time}}, com {{practitioner.displayName}}."
                        + OTHERS_PT + ANSWER_PT + STOP_PT;
            case OFFER ->
                "Olá, {{patient.givenName}}! Em {{organization.name}} pode ficar livre um horário para você:"
                        + " {{appointment.date}}, às {{appointment.time}}, com {{practitioner.displayName}}"
                        + " ({{service.name}}). Você quer? É de quem responder primeiro." + TAKE_PT + STOP_PT;
            case CANCELLATION ->
                "Olá, {{patient.givenName}}. Sentimos muito: {{organization.name}} não poderá atender você"
                        + " ({{appointment.date}}, às {{appointment.time}}, com {{practitioner.displayName}})."
                        + OFF_PT + " Escreva para nós e encontramos outro horário." + STOP_PT;
            case FOLLOWUP ->
                "Olá, {{patient.givenName}}! Obrigado pela sua visita a {{organization.name}}. Se ficou alguma dúvida,"
                        + " escreva para nós por aqui." + STOP_PT;
            case SURVEY ->
                "Olá, {{patient.givenName}}! Como foi com {{practitioner.displayName}} em {{organization.name}}? Responda"
                        + " com um número de 1 (muito ruim) a 5 (muito bom); se quiser, conte por quê." + STOP_PT;
            case MISSED ->
                "Olá, {{patient.givenName}}. Esperávamos você em {{organization.name}}: {{appointment.date}}, às"
                        + " {{appointment.time}}. Escreva para nós e encontramos outro horário." + STOP_PT;
            case RECALL ->
                "Olá, {{patient.givenName}}! {{organization.name}} lembra: já é tempo de voltar ({{service.name}})."
                        + " Escreva para nós e encontramos um horário para você." + STOP_PT;
        };
    }
}
