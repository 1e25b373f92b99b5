package app.recado.patients;

import app.recado.kernel.Phones;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.jspecify.annotations.Nullable;

/**
 * The change of the schema that brings patients registered before to today's rules: canonical phones, the name the register
 * is sorted by, and what they are found by. Only Java knows these rules. Runs as the migration role, because the owner sees
 * no row, and fails unless every patient was reached. Public for Liquibase, which makes it by its name.
 */
public class PatientRegisterUpgrade implements CustomTaskChange {

    private static final int AT_ONCE = 2_000;

    private long done;

    /** A patient as they were. */
    private record Before(
            UUID organization,
            UUID id,
            @Nullable String given,
            @Nullable String family,
            String sortName,
            @Nullable String phone,
            String country) {}

    @Override
    public void execute(Database database) throws CustomChangeException {
        var connection = ((JdbcConnection) database.getConnection()).getUnderlyingConnection();
        try {
            run(connection, "set local role recado_migrator");
            long all = count(connection, "select count(*) from recado.patient");
            var last = new UUID[] {new UUID(0, 0), new UUID(0, 0)};
            for (var some = after(connection, last); !some.isEmpty(); some = after(connection, last)) {
                renew(connection, some);
                done += some.size();
                last[0] = some.getLast().organization();
                last[1] = some.getLast().id();
            }
            long found = count(
                    connection, "select count(distinct (organization_id, patient_id)) from recado.patient_search");
            long named =
                    count(connection, "select count(*) from recado.patient where sort_name <> '' or phone is not null");
            if (done != all || found != named) {
                throw new CustomChangeException(
                        "%d of %d patients were reached, %d of %d are found".formatted(done, all, found, named));
            }
            run(connection, "reset role");
        } catch (SQLException e) {
            throw new CustomChangeException("The register of patients could not be brought to today's rules", e);
        }
    }

    private static List<Before> after(Connection connection, UUID[] last) throws SQLException {
        try (var statement = connection.prepareStatement("""
                select p.organization_id, p.id, p.given_name, p.family_name, p.sort_name, p.phone, o.country
                  from recado.patient p
                  join recado.organization o on o.id = p.organization_id
                 where (p.organization_id, p.id) > (?, ?)
                 order by p.organization_id, p.id limit %d
                """.formatted(AT_ONCE))) {
            statement.setObject(1, last[0]);
            statement.setObject(2, last[1]);
            var some = new ArrayList<Before>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    some.add(new Before(
                            row.getObject(1, UUID.class),
                            row.getObject(2, UUID.class),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7)));
                }
            }
            return some;
        }
    }

    private static void renew(Connection connection, List<Before> patients) throws SQLException {
        var organizations = new ArrayList<UUID>();
        var ids = new ArrayList<UUID>();
        var names = new ArrayList<String>();
        var phones = new ArrayList<@Nullable String>();
        var tokenOrganizations = new ArrayList<UUID>();
        var tokenIds = new ArrayList<UUID>();
        var tokenNames = new ArrayList<String>();
        var tokens = new ArrayList<String>();
        for (var patient : patients) {
            var phone = patient.phone() == null ? null : Phones.canonical(patient.phone());
            var name = SearchTokens.sortName(patient.family(), patient.given());
            organizations.add(patient.organization());
            ids.add(patient.id());
            names.add(name);
            phones.add(phone);
            Set<String> found = SearchTokens.of(name, phone, patient.country());
            for (var token : found) {
                tokenOrganizations.add(patient.organization());
                tokenIds.add(patient.id());
                tokenNames.add(name);
                tokens.add(token);
            }
        }
        // A changed phone is a change that an open form must not undo unseen; a changed place in the register is none.
        update(
                connection,
                """
                update recado.patient p
                   set sort_name = n.sort_name, phone = n.phone,
                       version = p.version + case when p.phone is distinct from n.phone then 1 else 0 end
                  from unnest(?, ?, ?, ?) as n (organization_id, id, sort_name, phone)
                 where p.organization_id = n.organization_id and p.id = n.id
                   and (p.sort_name <> n.sort_name or p.phone is distinct from n.phone)
                """,
                uuids(connection, organizations),
                uuids(connection, ids),
                texts(connection, names),
                texts(connection, phones));
        update(
                connection,
                """
                insert into recado.patient_search (organization_id, patient_id, sort_name, token)
                select * from unnest(?, ?, ?, ?)
                """,
                uuids(connection, tokenOrganizations),
                uuids(connection, tokenIds),
                texts(connection, tokenNames),
                texts(connection, tokens));
    }

    private static Array uuids(Connection connection, List<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }

    private static Array texts(Connection connection, List<? extends @Nullable String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static void update(Connection connection, String sql, Array... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setArray(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public String getConfirmationMessage() {
        return done + " patients follow today's rules";
    }

    @Override
    public void setUp() {
        // Nothing to prepare.
    }

    @Override
    public void setFileOpener(ResourceAccessor resources) {
        // Reads no files.
    }

    @Override
    public ValidationErrors validate(Database database) {
        return new ValidationErrors();
    }
}
