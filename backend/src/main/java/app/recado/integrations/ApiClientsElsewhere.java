package app.recado.integrations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.keycloak.ClientDirectory;
import app.recado.organizations.KeptElsewhere;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys of a clinic that is being deleted, as the identity server keeps them: each is a client there. */
@Component
class ApiClientsElsewhere implements KeptElsewhere {

    private final ClientDirectory clients;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ApiClientsElsewhere(ClientDirectory clients, JdbcClient jdbc, TransactionTemplate transaction) {
        this.clients = clients;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Override
    public void forget() {
        keys().forEach(clients::remove);
    }

    private List<String> keys() {
        return Objects.requireNonNull(transaction.execute(
                status -> jdbc.sql("select oauth_client from api_client_key where organization_id = ?")
                        .param(CurrentOrganization.id())
                        .query((row, n) -> row.getString(1))
                        .list()));
    }
}
