package app.recado.devstack;

import java.util.Map;

/** What each demo account is, in words. Accounts and names are in keycloak/overlays/development.json. */
final class DemoPeople {
    static final String ADMIN = "admin@recado.example";
    static final String VALENTINA = "valentina@losalmendros.example";
    static final String MARCELA = "marcela@losalmendros.example";
    static final String JULIAN = "julian@losalmendros.example";
    static final String HELENA = "helena@ipe.example";
    static final String BRUNO = "bruno@ipe.example";
    static final String CAMILA = "camila@ipe.example";

    private static final Map<String, String> WHO = Map.of(
            ADMIN, "platform admin",
            VALENTINA, "owner of Clínica Los Almendros, Bogotá",
            MARCELA, "receptionist of Clínica Los Almendros",
            JULIAN, "practitioner at Clínica Los Almendros",
            HELENA, "owner of Consultório Ipê, São Paulo, and receptionist of Clínica Los Almendros",
            BRUNO, "receptionist of Consultório Ipê",
            CAMILA, "practitioner at Consultório Ipê");

    private DemoPeople() {}

    static String of(String username) {
        return WHO.getOrDefault(username, "");
    }
}
