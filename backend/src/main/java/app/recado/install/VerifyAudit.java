package app.recado.install;

import app.recado.install.InstallSetting.Values;
import app.recado.kernel.DatabaseAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks that nobody changed or removed what stands in the audit trails: every hash is computed again from the entries that are
 * there. Prints a line for each chain, {@code organization batch hash}; whoever keeps these lines elsewhere and hands them in
 * with {@code --anchors FILE} next time also learns of a chain that was written anew from its beginning.
 */
final class VerifyAudit {

    /** The end of a chain, or a point of it that somebody kept. */
    private record Head(UUID organization, long batch, String hash) {

        static Head parse(String line) {
            var parts = line.strip().split("\\s+");
            try {
                return new Head(UUID.fromString(parts[0]), Long.parseLong(parts[1]), parts[2]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new InstallException("Not a line of an earlier run: " + line, e);
            }
        }

        String line() {
            return organization + " " + batch + " " + hash;
        }
    }

    private VerifyAudit() {}

    /**
     * Verifies all chains.
     *
     * @throws InstallException when one of them is broken, with all that is wrong
     */
    static void run(List<String> options, Values values, PrintStream out) {
        var anchors =
                InstallCommands.find(options, "anchors").map(VerifyAudit::read).orElseGet(List::of);
        var broken = new ArrayList<String>();
        try (var database = DriverManager.getConnection(
                DatabaseAddress.parse(values.database()).jdbcUrl(),
                values.get(InstallSetting.OWNER_USER),
                values.get(InstallSetting.OWNER_PASSWORD))) {
            database.setAutoCommit(false);
            for (var organization : organizations(database)) {
                bind(database, organization, false);
                broken.addAll(faults(database, organization));
                for (var anchor : anchors) {
                    if (anchor.organization().equals(organization)
                            && !anchor.hash().equals(hash(database, organization, anchor.batch()))) {
                        broken.add(organization + " batch " + anchor.batch() + ": not what was kept outside");
                    }
                }
                var head = head(database, organization);
                if (head != null) {
                    out.println(head.line());
                }
                database.rollback();
            }
        } catch (SQLException e) {
            throw new InstallException("PostgreSQL refused: " + e.getSQLState() + " " + e.getMessage(), e);
        }
        if (!broken.isEmpty()) {
            throw new InstallException("The audit trail was changed:\n" + String.join("\n", broken));
        }
    }

    private static List<Head> read(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> !line.isBlank())
                    .map(Head::parse)
                    .toList();
        } catch (IOException e) {
            throw new InstallException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<UUID> organizations(Connection database) throws SQLException {
        bind(database, new UUID(0, 0), true);
        var all = new ArrayList<UUID>();
        // The nil organization too: what the platform did.
        all.add(new UUID(0, 0));
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("select id from recado.organization order by id")) {
            while (rows.next()) {
                all.add(rows.getObject(1, UUID.class));
            }
        }
        database.rollback();
        return all;
    }

    /** Row-level security binds the owner of the tables too. */
    private static void bind(Connection database, UUID organization, boolean platform) throws SQLException {
        try (var statement = database.prepareStatement(
                "select set_config('app.organization_id', ?, true), set_config('app.platform', ?, true)")) {
            statement.setString(1, organization.toString());
            statement.setString(2, platform ? "on" : "off");
            statement.execute();
        }
    }

    private static List<String> faults(Connection database, UUID organization) throws SQLException {
        var faults = new ArrayList<String>();
        try (var statement = database.prepareStatement(
                "select number, fault from recado.audit_broken where organization_id = ? order by number")) {
            statement.setObject(1, organization);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    faults.add(organization + " batch " + rows.getLong(1) + ": " + rows.getString(2));
                }
            }
        }
        return faults;
    }

    private static @Nullable String hash(Connection database, UUID organization, long batch) throws SQLException {
        try (var statement = database.prepareStatement(
                "select hash from recado.audit_batch where organization_id = ? and number = ?")) {
            statement.setObject(1, organization);
            statement.setLong(2, batch);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? HexFormat.of().formatHex(rows.getBytes(1)) : null;
            }
        }
    }

    private static @Nullable Head head(Connection database, UUID organization) throws SQLException {
        try (var statement = database.prepareStatement(
                "select number, hash from recado.audit_batch where organization_id = ? order by number desc limit 1")) {
            statement.setObject(1, organization);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? new Head(organization, rows.getLong(1), HexFormat.of().formatHex(rows.getBytes(2)))
                        : null;
            }
        }
    }
}
