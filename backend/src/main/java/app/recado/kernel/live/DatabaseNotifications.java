package app.recado.kernel.live;

import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The one connection of this process that listens to PostgreSQL's notifications. LISTEN belongs to a session, so it needs
 * a direct connection of its own, outside pools and PgBouncer's transaction mode.
 */
@Component
public class DatabaseNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseNotifications.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final JdbcConnectionDetails database;
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> gapListeners = new CopyOnWriteArrayList<>();
    private volatile boolean running = true;
    private volatile @Nullable Connection connection;
    private volatile @Nullable Thread thread;

    DatabaseNotifications(JdbcConnectionDetails database) {
        this.database = database;
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
            try (var opened = DriverManager.getConnection(
                    database.getJdbcUrl(), database.getUsername(), database.getPassword())) {
                connection = opened;
                try (var statement = opened.createStatement()) {
                    for (var channel : listeners.keySet()) {
                        statement.execute("listen " + channel);
                    }
                }
                gapListeners.forEach(Runnable::run);
                var notifications = opened.unwrap(PGConnection.class);
                while (running) {
                    var heard = notifications.getNotifications((int) WAIT.toMillis());
                    if (heard != null) {
                        for (var notification : heard) {
                            tell(notification.getName(), notification.getParameter());
                        }
                    }
                }
            } catch (SQLException e) {
                if (running) {
                    LOG.warn("Notifications of the database are interrupted, listening again: {}", e.getSQLState());
                    pause();
                }
            }
        }
    }

    private void tell(String channel, String payload) {
        for (var listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.accept(payload);
            } catch (RuntimeException e) {
                LOG.error("A listener of {} failed", channel, e);
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
