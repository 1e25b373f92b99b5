package app.recado.booking;

/** The words in which a link to complete a card is sent. */
final class PreregistrationText {

    private PreregistrationText() {}

    /**
     * @param language es, en or pt-BR
     * @param name to greet them by
     * @param days how long the link counts
     */
    static String of(String language, String name, String clinic, String link, long days) {
        return switch (language) {
            case "pt-BR" ->
                "Olá, %s. Para a sua consulta em %s faltam alguns dados. Complete-os aqui, leva dois minutos: %s\nO link vale %d dias e é só seu."
                        .formatted(name, clinic, link, days);
            case "en" ->
                "Hello, %s. Some details are missing for your visit at %s. Complete them here, it takes two minutes: %s\nThe link is valid for %d days and is yours alone."
                        .formatted(name, clinic, link, days);
            default ->
                "Hola, %s. Para tu visita en %s faltan algunos datos. Complétalos aquí, son dos minutos: %s\nEl enlace vale %d días y es solo tuyo."
                        .formatted(name, clinic, link, days);
        };
    }
}
