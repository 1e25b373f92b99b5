package app.recado.booking;

import app.recado.kernel.CurrentOrganization;
import app.recado.scheduling.VisitLinks;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The links that messages carry. What a link allows is decided when it is opened, as for one that the page handed out. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PagesOfVisits implements VisitLinks {

    private final JdbcClient jdbc;
    private final BookingTokens tokens;
    private final BookingSettings settings;

    PagesOfVisits(JdbcClient jdbc, BookingTokens tokens, BookingSettings settings) {
        this.jdbc = jdbc;
        this.tokens = tokens;
        this.settings = settings;
    }

    @Override
    public Map<UUID, URI> of(Collection<UUID> appointmentIds) {
        var address = settings.address();
        if (address == null || appointmentIds.isEmpty()) {
            return Map.of();
        }
        return jdbc.sql("""
                        select o.alias from organization o
                          join booking_page p on p.organization_id = o.id and p.enabled
                         where o.id = ?
                        """)
                .param(CurrentOrganization.id())
                .query(String.class)
                .optional()
                .map(alias -> appointmentIds.stream()
                        .distinct()
                        .collect(Collectors.toMap(Function.identity(), id -> link(address, alias, id))))
                .orElse(Map.of());
    }

    /** The token stands behind the sign that browsers send to nobody. */
    private URI link(String address, String alias, UUID visit) {
        return URI.create(address + "/reservar/" + alias + "#v=" + tokens.ofVisit(visit));
    }
}
