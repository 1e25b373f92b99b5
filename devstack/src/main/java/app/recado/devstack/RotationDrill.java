package app.recado.devstack;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./dev rotate [--visits N] [--short] [--unprotected]}: every secret that two parts share is replaced while people work: the
 * database's passwords, what backend and gateway prove themselves with, the keys that seal credentials in both, and the
 * secret of a webhook. No request may fail, no message be lost or doubled, no line ask for a code, no webhook be unsigned, and
 * what one backend seals the other opens, at every moment of a round.
 * {@code --short} replaces everything in two rounds of restarts instead of four, without showing which secret a fault
 * comes from. {@code --unprotected} throws the former keys away at once and must therefore fail.
 */
final class RotationDrill {
    private static final int REPLICAS = 2;
    private static final int OVERLAP_HOURS = 1;
    private static final List<String> ROLES = List.of("owner", "app", "worker", "gateway");

    private final Stack stack;
    private final CrashClinic clinic;
    private final RollingRestart rolling;
    private final int visits;
    private final boolean brief;
    private final boolean formerKept;
    private final SecureRandom random = new SecureRandom();
    /** What differs by now from what the stack was started with; a restart without it would go back. */
    private final Map<String, String> backendSettings = new HashMap<>(Map.of("RECADO_MIGRATE_AT_START", "false"));

    private final Map<String, String> gatewaySettings = new HashMap<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<String> complaints = new ArrayList<>();

    private RotationDrill(Stack stack, int visits, boolean brief, boolean formerKept) {
        this.stack = stack;
        this.clinic = CrashClinic.open(stack);
        this.rolling = new RollingRestart(stack);
        this.visits = visits;
        this.brief = brief;
        this.formerKept = formerKept;
    }

    static int run(List<String> words) {
        int at = words.indexOf("--visits");
        var brief = words.contains("--short");
        int visits = at < 0 ? (brief ? 2 : 5) : Integer.parseInt(words.get(at + 1));
        try (var stack = Stack.ephemeral(REPLICAS)) {
            return new RotationDrill(stack, visits, brief, !words.contains("--unprotected")).go();
        }
    }

    private int go() {
        try (var receiver = VerifyingReceiver.start()) {
            var endpoint = endpoint(clinic.base(), receiver.url("drill"), true);
            receiver.expect(secret(endpoint));
            try (var traffic = SteadyTraffic.start(clinic, 1)) {
                step(traffic, "before", () -> {});
                if (brief) {
                    step(traffic, "all keys, passwords and proofs at once", this::allAtOnce);
                } else {
                    step(traffic, "keys that seal credentials", this::sealingKeys);
                    step(traffic, "passwords of the database", () -> {
                        databasePasswords();
                        roll();
                    });
                    step(traffic, "token and secret between backend and gateway", () -> {
                        linkSecrets();
                        roll();
                    });
                }
                step(traffic, "secret of a webhook", () -> rotate(endpoint));
                // The receiver is given the new one within the overlap; until then the former one still signs.
                receiver.expect(secret(endpoint));
                step(traffic, "after", () -> {});
                var verdict = traffic.end();
                complaints.addAll(traffic.failures());
                complaints.addAll(receiver.complaints());
                return report(traffic, receiver, verdict);
            }
        }
    }

    /**
     * In two rounds, because two replicas of each run side by side: what one of them seals with the new key the other must be
     * able to open already.
     */
    private void sealingKeys() {
        learnThenSeal(() -> {});
    }

    private void allAtOnce() {
        learnThenSeal(() -> {
            databasePasswords();
            linkSecrets();
        });
    }

    /** @param besides what the second round replaces, too */
    private void learnThenSeal(Runnable besides) {
        var backend = key();
        var gateway = key();
        var backendBefore = stack.secrets().get("backend.credentials");
        var gatewayBefore = stack.secrets().get("gateway.credentials");
        if (formerKept) {
            backendSettings.put("RECADO_CREDENTIALS_KEYS_OLD", backend);
            gatewaySettings.put("RECADO_GATEWAY_CREDENTIALS_KEYS_OLD", gateway);
            roll();
        }
        backendSettings.put("RECADO_CREDENTIALS_KEY", backend);
        backendSettings.put("RECADO_CREDENTIALS_KEYS_OLD", formerKept ? backendBefore : "");
        gatewaySettings.put("RECADO_GATEWAY_CREDENTIALS_KEY", gateway);
        gatewaySettings.put("RECADO_GATEWAY_CREDENTIALS_KEYS_OLD", formerKept ? gatewayBefore : "");
        besides.run();
        roll();
    }

    /** Connections that are open stay; whoever opens one in between is refused, and asks again after its restart. */
    private void databasePasswords() {
        var passwords = new HashMap<String, String>();
        ROLES.forEach(role -> passwords.put(role, Secrets.MARK + "-" + PostgresServer.password()));
        var command = new HashMap<String, String>();
        command.put("RECADO_DATABASE_URL", stack.postgres().recado().jdbcUrl());
        command.put("RECADO_DATABASE_ADMIN_PASSWORD", stack.postgres().password("superuser"));
        // Keycloak's stays: it is a server of its own, and its sessions are not what is tried here.
        command.put("RECADO_KEYCLOAK_DATABASE_PASSWORD", stack.postgres().password("keycloak"));
        command.put("RECADO_DATABASE_OWNER_PASSWORD", of(passwords, "owner"));
        command.put("RECADO_DATABASE_APP_PASSWORD", of(passwords, "app"));
        command.put("RECADO_DATABASE_WORKER_PASSWORD", of(passwords, "worker"));
        command.put("RECADO_GATEWAY_DATABASE_PASSWORD", of(passwords, "gateway"));
        BackendCommand.run(
                stack.plan().backendJar("rotation"),
                "prepare-database",
                command,
                stack.plan().log("rotation"));

        backendSettings.put("RECADO_DATABASE_OWNER_PASSWORD", of(passwords, "owner"));
        backendSettings.put("RECADO_DATABASE_APP_PASSWORD", of(passwords, "app"));
        backendSettings.put("RECADO_DATABASE_WORKER_PASSWORD", of(passwords, "worker"));
        gatewaySettings.put(
                "RECADO_GATEWAY_DATABASE_URL",
                "postgres://recado_gateway:%s@127.0.0.1:%d/recado"
                        .formatted(of(passwords, "gateway"), stack.postgres().port()));
    }

    private static String of(Map<String, String> passwords, String role) {
        return passwords.getOrDefault(role, "");
    }

    /** Between the first restart and the last each side refuses some of the other: commands and events wait and are repeated. */
    private void linkSecrets() {
        var token = Secrets.MARK + "-" + PostgresServer.password();
        var events = key();
        backendSettings.put("RECADO_GATEWAY_TOKEN", token);
        backendSettings.put("RECADO_GATEWAY_EVENTS_SECRET", events);
        gatewaySettings.put("RECADO_GATEWAY_TOKEN", token);
        gatewaySettings.put("RECADO_GATEWAY_EVENTS_SECRET", events);
        stack.gateways().forEach(gateway -> gateway.usesToken(token));
    }

    private void rotate(String endpoint) {
        var url = clinic.base() + "/webhook-endpoints/" + endpoint;
        var found = Http.send("GET", url, clinic.token(), Map.of(), null).orFail(url);
        Http.send(
                        "POST",
                        url + "/rotate-secret",
                        clinic.token(),
                        Map.of("If-Match", found.etag()),
                        Map.of("overlapHours", OVERLAP_HOURS))
                .orFail("rotate-secret");
    }

    private String secret(String endpoint) {
        return Http.send(
                        "GET",
                        clinic.base() + "/webhook-endpoints/" + endpoint + "/secret",
                        clinic.token(),
                        Map.of(),
                        null)
                .orFail("secret")
                .body()
                .path("secret")
                .asString("");
    }

    private void roll() {
        stack.gateways().forEach(gateway -> rolling.restart(gateway, gatewaySettings));
        stack.backends().forEach(backend -> {
            rolling.restart(backend, backendSettings);
            eachOpensWhatTheOtherSeals();
        });
        clinic.awaitLinked();
    }

    /** While replicas with different settings run side by side, what one of them has just sealed the other is asked for. */
    private void eachOpensWhatTheOtherSeals() {
        for (var seals : stack.backends()) {
            var sealed = endpoint(at(seals), "http://localhost:9/sealed", false);
            for (var opens : stack.backends()) {
                var url = at(opens) + "/webhook-endpoints/" + sealed;
                var answer = Http.send("GET", url + "/secret", clinic.token(), Map.of(), null);
                if (!answer.ok()) {
                    complaints.add("what the backend at %d sealed the one at %d does not open: %d"
                            .formatted(seals.port(), opens.port(), answer.status()));
                }
            }
            var url = at(seals) + "/webhook-endpoints/" + sealed;
            var found = Http.send("GET", url, clinic.token(), Map.of(), null).orFail(url);
            Http.send("DELETE", url, clinic.token(), Map.of("If-Match", found.etag()), null)
                    .orFail("DELETE " + url);
        }
    }

    /** The clinic's address at one replica, past the balancer. */
    private String at(BackendProcess backend) {
        return backend.url() + clinic.base().substring(clinic.base().indexOf("/api/"));
    }

    private String endpoint(String base, String url, boolean active) {
        return CrashClinic.create(
                base + "/webhook-endpoints",
                clinic.token(),
                Map.of("url", url, "description", "Simulacro", "eventTypes", List.of(), "active", active));
    }

    private String key() {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void step(SteadyTraffic traffic, String what, Runnable work) {
        long from = System.nanoTime();
        work.run();
        seconds.put(what, (System.nanoTime() - from) / 1e9);
        traffic.letBook(visits);
    }

    private int report(SteadyTraffic traffic, VerifyingReceiver receiver, SoakVerdict verdict) {
        System.out.println("| replaced | took |");
        System.out.println("|---|---|");
        seconds.forEach((what, took) -> System.out.printf("| %s | %.1f s |%n", what, took));
        int counted = verdict.report(System.out);
        complaints.forEach(complaint -> System.out.println("  " + complaint));
        System.out.printf(
                "%d visits, %d reads, %d webhooks, slowest read %,d ms, %d complaints about requests and webhooks%n",
                traffic.booked(), traffic.read(), receiver.taken(), traffic.slowestMs(), complaints.size());
        return counted == 0 && complaints.isEmpty() ? 0 : 1;
    }
}
