package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;
import java.nio.file.Files;
import java.util.List;

/** {@code ./dev token USER [ORG]}: an access token on standard output, for curl. */
final class TokenCommand {
    private TokenCommand() {}

    static int run(List<String> words) {
        if (words.isEmpty() || words.size() > 2) {
            throw new DevstackException("./dev token USER [ORG], e.g. ./dev token marcela los-almendros");
        }
        var plan = StackPlan.from(System.getenv());
        if (!Files.exists(plan.data().resolve("secrets.properties"))) {
            throw new DevstackException("Nothing was ever started here. ./dev up first.");
        }
        var tokens = new Tokens("http://localhost:" + plan.port(Port.KEYCLOAK) + "/realms/recado");
        var scope = words.size() == 2 ? "openid organization:" + words.get(1) : "openid organization:*";
        System.out.println(
                tokens.of(username(words.getFirst()), Secrets.in(plan.data()).get("demo.password"), scope));
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
