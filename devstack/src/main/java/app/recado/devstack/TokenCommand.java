package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;
import java.nio.file.Files;
import java.util.List;

/**
 * {@code ./dev token USER [ORG]}: an access token on standard output, for curl. Of the stack that {@code ./dev up} started; a
 * command under {@code run-with-stack} gets one of its own stack, which its environment names.
 */
final class TokenCommand {
    private TokenCommand() {}

    static int run(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            throw new DevstackException("./dev token USER [ORG], e.g. ./dev token marcela los-almendros");
        }
        var username = username(words.getFirst());
        var scope = words.size() == 2 ? "openid organization:" + words.get(1) : "openid organization:*";
        var issuer = System.getenv(Stack.ISSUER);
        var password = System.getenv(Stack.DEMO_PASSWORD);
        if (issuer != null && password != null) {
            System.out.println(new Tokens(issuer).of(username, password, scope));
            return 0;
        }
        var plan = StackPlan.from(System.getenv());
        if (!Files.exists(plan.data().resolve("secrets.properties"))) {
            throw new DevstackException("Nothing was ever started here. ./dev up first.");
        }
        var tokens = new Tokens("http://localhost:" + plan.port(Port.KEYCLOAK) + "/realms/recado");
        System.out.println(tokens.of(username, Secrets.in(plan.data()).get("demo.password"), scope));
        return 0;
    }

    /** A demo account by its e-mail or by the part before the @. */
    private static String username(String word) {
        return Realm.development()
                .get("users")
                .valueStream()
                .map(user -> user.get("username").asString())
                .filter(name -> name.equals(word) || name.startsWith(word + "@"))
                .findFirst()
                .orElse(word);
    }
}
