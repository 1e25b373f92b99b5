package app.recado.devstack;

/** Which WhatsApp the lines of a stack belong to. Data of one never meets the other. */
enum Network {
    SIMULATOR,
    WHATSAPP;

    static Network parse(String text) {
        return switch (text) {
            case "simulator" -> SIMULATOR;
            case "whatsapp" -> WHATSAPP;
            default ->
                throw new DevstackException(
                        "RECADO_WHATSAPP_NETWORK is \"%s\"; it is simulator or whatsapp.".formatted(text));
        };
    }

    String wireName() {
        return this == SIMULATOR ? "simulator" : "whatsapp";
    }
}
