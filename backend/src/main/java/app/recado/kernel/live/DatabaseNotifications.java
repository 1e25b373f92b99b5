package app.recado.kernel.live;

import app.recado.kernel.LoggedFailure;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The one connection of this process that listens to PostgreSQL's notifications. LISTEN belongs to a session, so it needs
 * a direct connection of its own, outside pools and PgBouncer's transaction mode. A server that goes away without closing
 * the connection is noticed by a question that stays without an answer: within 20 seconds.
 */
@Component
public class DatabaseNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseNotifications.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcConnectionDetails database;
    private final Duration heartbeat;
    private final Duration answer;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> gapListeners = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Thread thread;

    @Autowired
    DatabaseNotifications(JdbcConnectionDetails database, LiveSettings settings) {
        this(settings.direct(database));
    }

    DatabaseNotifications(JdbcConnectionDetails database) {
        this(database, HEARTBEAT, ANSWER);
    }

    /**
     * @param heartbeat after how much silence the server is asked whether it is there; whole seconds are not needed
     * @param answer how long it may take to answer, and to be connected to; in whole seconds
     */
    DatabaseNotifications(JdbcConnectionDetails database, Duration heartbeat, Duration answer) {
        this.database = database;
        this.heartbeat = heartbeat;
        this.answer = answer;
    }

    /** Hears the payloads of a channel. Must be called while the application starts. */
    public void on(String channel, Consumer<String> listener) {
        listeners.computeIfAbsent(channel, name -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Is told when notifications may have been missed because the connection was away. */
    public void onGap(Runnable listener) {
        gapListeners.add(listener);
    }

    @EventListener(ApplicationReadyEvent.class)
    void start() {
        thread = Thread.ofVirtual().name("database-notifications").start(this::listen);
    }

    private void listen() {
        while (running) {
            try (var opened = connect()) {
                connection = opened;
                try (var statement = opened.createStatement()) {
                    for (var channel : listeners.keySet()) {
                        statement.execute("listen " + channel);
                    }
                }
                gapListeners.forEach(Runnable::run);
                hear(opened);
            } catch (SQLException e) {
                if (running) {
                    LOG.warn("Notifications of the database are interrupted, listening again: {}", e.getSQLState());
                    pause();
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        if (database.getUsername() instanceof String user) {
            PGProperty.USER.set(properties, user);
        }
        if (database.getPassword() instanceof String password) {
            PGProperty.PASSWORD.set(properties, password);
        }
        int seconds = Math.toIntExact(answer.toSeconds());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
        return DriverManager.getConnection(database.getJdbcUrl(), properties);
    }

    private void hear(Connection opened) throws SQLException {
        var notifications = opened.unwrap(PGConnection.class);
        while (running) {
            var heard = notifications.getNotifications((int) heartbeat.toMillis());
            if (heard == null || heard.length == 0) {
                // Silence is either that nothing happens or that the other side is gone.
                try (var statement = opened.createStatement()) {
                    statement.execute("select 1");
                }
                continue;
            }
            for (var notification : heard) {
                tell(notification.getName(), notification.getParameter());
            }
        }
    }

    private void tell(String channel, String payload) {
        for (var listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.accept(payload);
            } catch (RuntimeException e) {
                LOG.error("A listener of {} failed", channel, new LoggedFailure(e));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @PreDestroy
    void stop() throws SQLException {
        running = false;
        var open = connection;
        if (open != null) {
            open.close();
        }
        var listening = thread;
        if (listening != null) {
            listening.interrupt();
        }
    }
}
