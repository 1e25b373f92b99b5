package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Credentials of one local stack: made at its first start, kept in its data folder for this user's eyes only. */
final class Secrets {
    private static final List<String> PASSWORDS = List.of(
            "postgres.superuser",
            "postgres.owner",
            "postgres.app",
            "postgres.worker",
            "postgres.gateway",
            "postgres.keycloak",
            "keycloak.admin",
            "keycloak.client",
            "keycloak.integrations",
            "gateway.token",
            "simulator.token");

    /** 32 bytes in base64, as keys are configured: the mark and 24 random ones. */
    private static final List<String> KEYS =
            List.of("gateway.events", "gateway.credentials", "backend.cursor", "backend.credentials");

    /** Every secret made here shows that it is no production secret; production refuses to start with one. */
    static final String MARK = "dev-only";

    private final Properties values;

    private Secrets(Properties values) {
        this.values = values;
    }

    /** Reads the file, adds what is missing and writes it back when something was. */
    static Secrets in(Path data) {
        var file = Folders.createPrivate(data).resolve("secrets.properties");
        var values = new Properties();
        try {
            if (Files.exists(file)) {
                try (var in = Files.newBufferedReader(file)) {
                    values.load(in);
                }
            }
            var before = values.size();
            PASSWORDS.forEach(name -> values.computeIfAbsent(name, missing -> MARK + "-" + PostgresServer.password()));
            KEYS.forEach(name -> values.computeIfAbsent(name, missing -> key()));
            values.computeIfAbsent("demo.password", missing -> demoPassword());
            if (values.size() != before) {
                save(file, values);
            }
            return new Secrets(values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String get(String name) {
        var value = values.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("No such secret: " + name);
        }
        return value;
    }

    /** Passwords of the database roles by the prefix {@link PostgresServer} knows them by. */
    Map<String, String> postgres() {
        return values.stringPropertyNames().stream()
                .filter(name -> name.startsWith("postgres."))
                .collect(Collectors.toMap(name -> name.substring("postgres.".length()), values::getProperty));
    }

    private static void save(Path file, Properties values) throws IOException {
        var lines = new ArrayList<>(values.stringPropertyNames());
        lines.sort(null);
        var text = lines.stream()
                .map(name -> name + "=" + values.getProperty(name) + "\n")
                .collect(Collectors.joining());
        var partial = file.resolveSibling("secrets.partial");
        Files.deleteIfExists(partial);
        // Created private rather than made so afterwards: there is no moment in which others could open it.
        try (var channel = Files.newByteChannel(
                partial,
                java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        Files.move(partial, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static String key() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        System.arraycopy(MARK.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 0, MARK.length());
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Typed by people from a screen: letters and digits that cannot be mistaken for each other. */
    private static String demoPassword() {
        var alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
        var random = new SecureRandom();
        var groups = new ArrayList<String>();
        for (var group = 0; group < 4; group++) {
            groups.add(random.ints(4, 0, alphabet.length())
                    .mapToObj(alphabet::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining()));
        }
        return String.join("-", groups);
    }
}
