package app.recado.scheduling.imports;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.SearchText;
import app.recado.organizations.OrganizationProfiles;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a clinic has, read once for a whole file, to be found by the names that other systems give it. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ClinicDirectory {

    /** What stands before a name and is none. */
    private static final Set<String> TITLES =
            Set.of("dr", "dra", "doctor", "doctora", "doutor", "doutora", "lic", "prof");

    private final JdbcClient jdbc;
    private final OrganizationProfiles organizations;

    ClinicDirectory(JdbcClient jdbc, OrganizationProfiles organizations) {
        this.jdbc = jdbc;
        this.organizations = organizations;
    }

    /**
     * Something with a name.
     *
     * @param words of the name, without accents and titles
     * @param minutes how long a service takes; 0 for everything else
     * @param capacity how many patients share a time of a service; 1 for everything else
     */
    record Named(UUID id, Set<String> words, boolean active, int minutes, int capacity, ZoneId zone) {}

    /** All of it. @param zone of visits whose location has none of its own */
    record Loaded(
            List<Named> practitioners, List<Named> services, List<Named> locations, List<Named> rooms, ZoneId zone) {

        /** The main location, where visits take place of which nothing is said; null when the clinic has none. */
        @Nullable Named mainLocation() {
            return locations.stream()
                    .filter(one -> one.id().equals(CurrentOrganization.id()))
                    .findFirst()
                    .orElse(null);
        }
    }

    Loaded load() {
        var zone = organizations.current().timeZone();
        return new Loaded(
                read(
                        "select id, display_name as name, active, 0 as minutes, 1 as capacity, null as zone from practitioner",
                        zone),
                read(
                        "select id, name, active, duration_minutes as minutes, capacity, null as zone from healthcare_service",
                        zone),
                read("select id, name, active, 0 as minutes, 1 as capacity, time_zone as zone from location", zone),
                read("select id, name, active, 0 as minutes, 1 as capacity, null as zone from room", zone),
                zone);
    }

    private List<Named> read(String select, ZoneId zone) {
        return jdbc.sql(select + " where organization_id = :org order by id <> :org, active desc, id")
                .param("org", CurrentOrganization.id())
                .query((row, n) -> new Named(
                        row.getObject("id", UUID.class),
                        words(row.getString("name")),
                        row.getBoolean("active"),
                        row.getInt("minutes"),
                        row.getInt("capacity"),
                        row.getString("zone") == null ? zone : ZoneId.of(row.getString("zone"))))
                .list();
    }

    private static Set<String> words(String name) {
        var words = new HashSet<>(SearchText.words(name));
        words.removeIf(TITLES::contains);
        return words;
    }

    /** The one of that name, word by word; one that is still there before one that was retired. */
    static Optional<Named> named(List<Named> all, String name) {
        var wanted = words(name);
        return all.stream().filter(one -> one.words().equals(wanted)).findFirst();
    }

    /** The only one that there is; for files that do not say. */
    static Optional<Named> only(List<Named> all) {
        var active = all.stream().filter(Named::active).toList();
        return active.size() == 1 ? Optional.of(Objects.requireNonNull(active.getFirst())) : Optional.empty();
    }
}
