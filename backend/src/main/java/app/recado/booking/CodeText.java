package app.recado.booking;

/** The words in which a code is sent. */
final class CodeText {

    private CodeText() {}

    /**
     * @param language es, en or pt-BR
     * @param minutes how long it is valid
     */
    static String of(String language, String code, String clinic, long minutes) {
        return switch (language) {
            case "pt-BR" ->
                "%s é o seu código para agendar em %s. Vale por %d minutos. Se você não pediu, ignore esta mensagem."
                        .formatted(code, clinic, minutes);
            case "en" ->
                "%s is your code to book at %s. It is valid for %d minutes. If you did not ask for it, ignore this message."
                        .formatted(code, clinic, minutes);
            default ->
                "%s es tu código para reservar en %s. Vale %d minutos. Si no lo pediste, ignora este mensaje."
                        .formatted(code, clinic, minutes);
        };
    }
}
