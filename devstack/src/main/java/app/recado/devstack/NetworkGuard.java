package app.recado.devstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;

/** Keeps made-up patients away from real phones: data made for one network is never opened for the other. */
final class NetworkGuard {
    private NetworkGuard() {}

    /**
     * Marks a new data folder with its network and refuses one that carries the other's mark.
     *
     * @throws DevstackException before anything is started
     */
    static void claim(StackPlan plan) {
        var mark = Folders.createPrivate(plan.data()).resolve("network");
        try {
            if (!Files.exists(mark)) {
                Files.writeString(mark, plan.network().wireName() + "\n");
                return;
            }
            var found = Files.readString(mark).strip();
            if (!found.equals(plan.network().wireName())) {
                throw new DevstackException("%s holds data of the network %s and is not opened for %s."
                        .formatted(plan.data(), found, plan.network().wireName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses a database in which a line was linked on the other network, whatever the folder is called.
     *
     * @throws DevstackException before the gateway is started
     */
    static void check(PostgresServer.Database database, Network network) {
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            var exists = statement.executeQuery("select to_regclass('gateway.line') is not null");
            exists.next();
            if (!exists.getBoolean(1)) {
                return;
            }
            try (var foreign = connection.prepareStatement("select count(*) from gateway.line where network <> ?")) {
                foreign.setString(1, network.wireName());
                var count = foreign.executeQuery();
                count.next();
                if (count.getInt(1) > 0) {
                    throw new DevstackException(
                            "%d line(s) in this database belong to another network than %s; the gateway is not started."
                                    .formatted(count.getInt(1), network.wireName()));
                }
            }
        } catch (SQLException e) {
            throw new DevstackException("Could not read which network the lines belong to: " + e.getMessage(), e);
        }
    }
}
