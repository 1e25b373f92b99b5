package app.recado.chatwoot;

import org.jspecify.annotations.Nullable;

/** What agents read in Chatwoot where there are no words to show. */
final class BridgeTexts {

    private BridgeTexts() {}

    /** What somebody sent that has no words of its own; null for kinds that nobody is shown. */
    static @Nullable String of(String kind, String language) {
        return switch (kind) {
            case "call" ->
                switch (language) {
                    case "en" -> "(missed call)";
                    case "pt-BR" -> "(chamada perdida)";
                    default -> "(llamada perdida)";
                };
            case "contact", "contacts" ->
                switch (language) {
                    case "en" -> "(a contact: open it in Recado)";
                    case "pt-BR" -> "(um contato: abra no Recado)";
                    default -> "(un contacto: míralo en Recado)";
                };
            case "unavailable" ->
                switch (language) {
                    case "en" -> "(a message that can only be read on the phone)";
                    case "pt-BR" -> "(uma mensagem que só pode ser lida no telefone)";
                    default -> "(un mensaje que solo se puede leer en el teléfono)";
                };
            case "identity-changed", "reaction", "delete", "edit" -> null;
            default ->
                switch (language) {
                    case "en" -> "(something that is not shown here: open it in Recado)";
                    case "pt-BR" -> "(algo que não aparece aqui: abra no Recado)";
                    default -> "(algo que aquí no se muestra: míralo en Recado)";
                };
        };
    }

    /** A sign at something that was said. @param byClinic whose it is */
    static String reacted(String sign, boolean byClinic, String language) {
        return switch (language) {
            case "en" -> byClinic ? "(the clinic reacted with " + sign + ")" : "(reacted with " + sign + ")";
            case "pt-BR" -> byClinic ? "(a clínica reagiu com " + sign + ")" : "(reagiu com " + sign + ")";
            default -> byClinic ? "(la clínica reaccionó con " + sign + ")" : "(reaccionó con " + sign + ")";
        };
    }

    static String fileMissing(String language) {
        return switch (language) {
            case "en" -> "(a file that did not arrive)";
            case "pt-BR" -> "(um arquivo que não chegou)";
            default -> "(un archivo que no llegó)";
        };
    }

    static String place(String coordinates) {
        return "https://www.openstreetmap.org/?mlat=" + coordinates.replace(",", "&mlon=");
    }
}
