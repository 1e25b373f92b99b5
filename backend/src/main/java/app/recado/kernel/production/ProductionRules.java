package app.recado.kernel.production;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.PlaceholderResolutionException;

/** What an installation outside of a laptop must not run with. Every profile but {@code dev} is production. */
final class ProductionRules {

    private static final Pattern SECRET = Pattern.compile("(?:.*_)?(?:PASSWORD|SECRET|TOKEN|KEY|KEYS_OLD)");
    private static final Pattern CHOSEN_BY_OTHERS = Pattern.compile("RECADO_(?:SMTP|MEDIA|LLM)_.*");
    private static final Pattern WHATSAPP_ADDRESS =
            Pattern.compile("RECADO_.*(?:WHATSAPP|CLOUD|TWILIO|EVOLUTION|GRAPH).*(?:URL|ADDRESS)");
    private static final String SIMULATOR = "is the simulator's; production talks to the real WhatsApp only";

    private final ConfigurableEnvironment environment;
    private final Map<String, String> problems = new TreeMap<>();

    private ProductionRules(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /** Sentences, each beginning with the name of the variable to correct; they quote no value of a secret. */
    static List<String> broken(ConfigurableEnvironment environment) {
        if (environment.matchesProfiles("dev")) {
            return List.of();
        }
        var rules = new ProductionRules(environment);
        rules.secrets();
        rules.network();
        rules.clients();
        rules.addresses();
        return rules.problems.entrySet().stream()
                .map(problem -> problem.getKey() + " " + problem.getValue())
                .toList();
    }

    private void secrets() {
        settings().forEach((name, value) -> {
            if (!SECRET.matcher(name).matches() || value.isBlank()) {
                return;
            }
            var ours = !CHOSEN_BY_OTHERS.matcher(name).matches();
            Stream.of(name.endsWith("KEYS_OLD") ? value.split(",", -1) : new String[] {value})
                    .map(one -> DevelopmentSecret.reason(one.strip(), ours))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(reason -> problems.put(name, reason));
        });
    }

    private void network() {
        if (Objects.equals(environment.getProperty("recado.simulated", Boolean.class), true)) {
            problems.put("RECADO_SIMULATED", SIMULATOR);
        }
        if ("simulator".equals(environment.getProperty("RECADO_WHATSAPP_NETWORK"))) {
            problems.put("RECADO_WHATSAPP_NETWORK", SIMULATOR);
        }
        settings().forEach((name, value) -> {
            if (WHATSAPP_ADDRESS.matcher(name).matches() && !value.isBlank() && !encrypted(value)) {
                problems.put(name, "is not encrypted; WhatsApp is reached by https or wss only");
            }
        });
        var simulator = environment.getProperty("RECADO_WHATSAPP_URL", "");
        if (!simulator.isBlank()) {
            problems.put("RECADO_WHATSAPP_URL", SIMULATOR);
        }
    }

    private void clients() {
        var allowed = environment.getProperty("recado.allowed-clients", "");
        if (Arrays.stream(allowed.split(",", -1)).map(String::strip).anyMatch("recado-dev"::equals)) {
            problems.put("RECADO_ALLOWED_CLIENTS", "names recado-dev, which takes passwords and is for laptops only");
        }
    }

    private void addresses() {
        mustBeHttps("RECADO_OIDC_ISSUER", valueOf("recado.issuer"), true);
        mustBeHttps("RECADO_KEYCLOAK_URL", valueOf("recado.identity.url"), true);
        mustBeHttps("RECADO_CONSOLE_URL", environment.getProperty("recado.identity.console-url"), true);
        mustBeHttps("RECADO_PUBLIC_URL", environment.getProperty("RECADO_PUBLIC_URL"), false);
        if (environment.getProperty("recado.edge.allowed-hosts", "").isBlank()) {
            problems.put("RECADO_ALLOWED_HOSTS", "is empty; name the hosts this installation answers under");
        }
    }

    private void mustBeHttps(String name, @Nullable String value, boolean needed) {
        if (value == null || value.isBlank()) {
            if (needed) {
                problems.put(name, "is missing");
            }
        } else if (!encrypted(value)) {
            problems.put(name, "is not an https address");
        }
    }

    private static boolean encrypted(String address) {
        try {
            var scheme = URI.create(address).getScheme();
            return "https".equals(scheme) || "wss".equals(scheme);
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /** Everything called RECADO_… or recado.…, from whatever source, by the name an operator would set it with. */
    private Map<String, String> settings() {
        var all = new LinkedHashMap<String, String>();
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                .filter(name -> name.startsWith("RECADO_") || name.startsWith("recado."))
                .sorted()
                .forEach(name -> {
                    var value = valueOf(name);
                    // A property usually got its value from a variable, which is what the operator can correct.
                    if (value != null && !(name.startsWith("recado.") && all.containsValue(value))) {
                        all.put(asVariable(name), value);
                    }
                });
        return all;
    }

    private @Nullable String valueOf(String property) {
        try {
            return environment.getProperty(property);
        } catch (PlaceholderResolutionException unset) {
            problems.put(unset.getPlaceholder(), "is missing");
            return null;
        }
    }

    private static String asVariable(String name) {
        return name.startsWith("RECADO_")
                ? name
                : name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }
}
