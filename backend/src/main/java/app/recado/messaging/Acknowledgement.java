package app.recado.messaging;

/** What Recado itself answers to somebody who stops messages or wants them again, in their language. */
public enum Acknowledgement {
    OPT_OUT,
    OPT_IN,
    /** They get no more campaigns; messages about their visits go on. */
    MARKETING_OPT_OUT;

    String text(String language) {
        return this == MARKETING_OPT_OUT ? aboutMarketing(language) : aboutAll(language);
    }

    private static String aboutMarketing(String language) {
        return switch (language) {
            case "pt-BR" ->
                "Pronto: você não receberá mais promoções. Os avisos das suas consultas continuam; para não receber"
                        + " nenhum, escreva SAIR outra vez.";
            case "en" ->
                "Done: you will get no more promotions. Messages about your visits go on; to get none at all, write STOP"
                        + " once more.";
            default ->
                "Listo: no te enviaremos más promociones. Los avisos de tus visitas siguen; para no recibir ninguno,"
                        + " escribe BAJA otra vez.";
        };
    }

    private String aboutAll(String language) {
        return switch (language) {
            case "pt-BR" ->
                this == OPT_OUT
                        ? "Pronto: você não receberá mais mensagens nossas. Para voltar a receber, escreva VOLTAR."
                        : "Pronto: você voltará a receber nossas mensagens. Para não receber mais, escreva SAIR.";
            case "en" ->
                this == OPT_OUT
                        ? "Done: you will get no more messages from us. To get them again, write START."
                        : "Done: you will get our messages again. To get no more, write STOP.";
            default ->
                this == OPT_OUT
                        ? "Listo: no te enviaremos más mensajes. Para volver a recibirlos, escribe ALTA."
                        : "Listo: volverás a recibir nuestros mensajes. Para no recibir más, escribe BAJA.";
        };
    }
}
