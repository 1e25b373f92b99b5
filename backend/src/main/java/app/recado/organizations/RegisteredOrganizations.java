package app.recado.organizations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.Problem;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Answers other modules' question who the current organization is. */
@Component
class RegisteredOrganizations implements OrganizationProfiles {

    private final JdbcClient jdbc;

    RegisteredOrganizations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true)
    public OrganizationProfile current() {
        return jdbc.sql("select id, name, country, time_zone, locale from organization where id = ?")
                .param(CurrentOrganization.id())
                .query((row, n) -> new OrganizationProfile(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("country"),
                        ZoneId.of(row.getString("time_zone")),
                        row.getString("locale")))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("This organization is not registered here"));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<UUID, String> names() {
        return jdbc
                .sql("select id, name from organization")
                .query((row, n) -> Map.entry(row.getObject("id", UUID.class), row.getString("name")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
