package app.recado.testing;

import app.recado.devstack.PostgresServer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Gives each application context a database of its own on the one PostgreSQL of the test run: a copy of one that was
 * migrated once, which takes a moment where the migrations take many seconds.
 */
@Order(0)
public class RecadoTestDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = create("test_" + NUMBER.incrementAndGet());
        Map<String, Object> values = new HashMap<>(database.backendEnvironment());
        values.put("RECADO_MIGRATE_AT_START", !migrated());
        values.put("RECADO_OIDC_ISSUER", TestTokens.ISSUER);
        values.put("RECADO_CURSOR_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        values.put("RECADO_KEYCLOAK_URL", "http://127.0.0.1:9");
        values.put("RECADO_KEYCLOAK_CLIENT_SECRET", "unused");
        values.put("recado.messaging.worker", "off");
        values.put("recado.housekeeping", "off");
        values.put("RECADO_MEDIA_STORE", TestMedia.FOLDER.toUri().toString());
        values.put("RECADO_GATEWAY_URL", FakeGateway.shared().url());
        values.put("RECADO_GATEWAY_TOKEN", FakeGateway.TOKEN);
        values.put("RECADO_GATEWAY_EVENTS_SECRET", FakeGateway.EVENTS_SECRET);
        values.put("RECADO_PUBLIC_URL", FakeProviders.FRONT_DOOR.url());
        values.put("RECADO_CREDENTIALS_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        values.put("recado.webhook-limit.refused", "100000");
        // Guards call every operation several times, all from one address.
        values.put("recado.request-limit.burst", "900");
        values.put("recado.request-limit.public-per-minute", "900");
        values.put("recado.request-limit.programs-per-minute", "9000");
        values.put("recado.booking.holds-per-address", "100000");
        values.put("recado.booking.codes-per-address", "100000");
        values.put("recado.booking.preregistrations-per-address", "100000");
        values.put("recado.booking.console-url", "https://recado.test");
        values.put("recado.webhooks.allowed-hosts", "localhost,127.0.0.1");
        // Workers are turned by hand: nothing leaves while a request waits.
        values.put("recado.conversations.notice-patience", "0s");
        values.put("recado.chatwoot.allowed-hosts", "localhost,127.0.0.1");
        values.put("recado.chatwoot.answer-timeout", "2s");
        values.put("recado.assistant.private-hosts", "127.0.0.1");
        values.put("recado.assistant.answer-timeout", "5s");
        // Some providers of tests answer when the agenda has changed meanwhile, on a busy machine.
        values.put("recado.engines.answer-timeout", "20s");
        values.put("recado.engines.cloud-api.base-url", FakeProviders.CLOUD_API.url() + "/v25.0");
        values.put("recado.engines.cloud-api.media-hosts", "127.0.0.1");
        values.put("recado.engines.twilio.base-url", FakeProviders.TWILIO.url());
        values.put("recado.engines.twilio.content-url", FakeProviders.TWILIO.url());
        values.put("recado.engines.twilio.media-hosts", "127.0.0.1");
        values.put("RECADO_EVOLUTION_ALLOWED_HOSTS", "127.0.0.1");
        values.put("spring.datasource.hikari.maximum-pool-size", "16");
        values.put("spring.datasource.hikari.minimum-idle", "1");
        // What a test class sets for itself counts.
        var sources = context.getEnvironment().getPropertySources();
        if (sources.get("Inlined Test Properties") instanceof PropertySource<?> own) {
            values.keySet().removeIf(own::containsProperty);
        }
        sources.addFirst(new MapPropertySource("test database", values));
        context.getBeanFactory().registerSingleton("testDatabase", database);
    }

    /** Whether the database is migrated before the context starts, which otherwise migrates it. */
    boolean migrated() {
        return true;
    }

    private PostgresServer.Database create(String name) {
        return migrated()
                ? PostgresServer.shared().createDatabase(name, Migrated.DATABASE)
                : PostgresServer.shared().createDatabase(name);
    }

    /** For contexts that are to find no tables, and migrate. */
    @Order(0)
    public static final class Empty extends RecadoTestDatabase {
        @Override
        boolean migrated() {
            return false;
        }
    }

    private static final class Migrated {
        private static final PostgresServer.Database DATABASE =
                migrate(PostgresServer.shared().createDatabase("test_migrated"));

        private static PostgresServer.Database migrate(PostgresServer.Database database) {
            try (var owner = database.connect("owner")) {
                var known = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(owner));
                known.setDefaultSchemaName("recado");
                known.setLiquibaseSchemaName("recado");
                new Liquibase("db/changelog/master.yaml", new ClassLoaderResourceAccessor(), known).update("");
                return database;
            } catch (SQLException | LiquibaseException e) {
                throw new IllegalStateException("The tests' database could not be migrated", e);
            }
        }
    }
}
