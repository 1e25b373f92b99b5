package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;

/** What a person needs after a start: where things are and how to sign in. */
final class Addresses {
    private Addresses() {}

    static String of(Stack stack) {
        var plan = stack.plan();
        var secrets = stack.secrets();
        var text = new StringBuilder();
        text.append("""

                Console       %s
                API           %s/api/docs
                Keycloak      %s   (admin / %s)
                Mail          %s
                PostgreSQL    %s
                """.formatted(
                        stack.backend().url(),
                        stack.backend().url(),
                        stack.keycloak().url(),
                        secrets.get("keycloak.admin"),
                        stack.mailUrl(),
                        stack.postgres().recado().jdbcUrl()));
        if (plan.simulator()) {
            text.append("Phones        http://localhost:%d/?token=%s%n"
                    .formatted(plan.port(Port.SIMULATOR), secrets.get("simulator.token")));
        } else {
            text.append("WhatsApp      the real network; messages go to %s%n".formatted(recipients(plan)));
        }
        text.append("\nSign in with the password %s as%n".formatted(secrets.get("demo.password")));
        var realm = plan.demoPeople() ? Realm.development() : Realm.developmentWithoutStaff();
        realm.get("users")
                .valueStream()
                .filter(user -> user.has("credentials"))
                .forEach(user -> text.append("  %-34s %s%n"
                        .formatted(
                                user.get("username").asString(),
                                describe(user.get("username").asString()))));
        return text.toString();
    }

    private static String recipients(StackPlan plan) {
        if (plan.sendToAnyone()) {
            return "ANYONE (RECADO_SEND_TO_ANYONE=yes)";
        }
        return plan.allowedRecipients().isEmpty()
                ? "nobody: RECADO_ALLOWED_RECIPIENTS is empty"
                : String.join(", ", plan.allowedRecipients()) + " only";
    }

    private static String describe(String username) {
        return DemoPeople.of(username);
    }
}
