package app.recado.kernel.tenancy;

import app.recado.kernel.CurrentOrganization;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Two fences. Hibernate fills and filters {@code organization_id} of every entity; PostgreSQL's row-level security
 * refuses whatever gets past it, native SQL included. Both read {@link CurrentOrganization}.
 */
@Configuration(proxyBeanMethods = false)
class TenancyConfiguration {

    private static final UUID NOBODY = new UUID(-1, -1);

    @Bean
    CurrentTenantIdentifierResolver<UUID> tenantIdentifiers() {
        return new CurrentTenantIdentifierResolver<>() {
            @Override
            public UUID resolveCurrentTenantIdentifier() {
                return CurrentOrganization.find().orElse(NOBODY);
            }

            @Override
            public boolean validateExistingCurrentSessions() {
                return true;
            }
        };
    }

    @Bean
    HibernatePropertiesCustomizer multiTenancy(CurrentTenantIdentifierResolver<UUID> tenants) {
        return properties -> properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, tenants);
    }

    /**
     * Tells PostgreSQL, at the start of each transaction and for that transaction only, whose rows may be seen. The
     * transaction-local form survives connection pools and PgBouncer: a session-level setting leaks to the next client.
     */
    @Bean
    TransactionExecutionListener organizationBinder(DataSource dataSource) {
        return new TransactionExecutionListener() {
            @Override
            public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
                if (failure != null || !transaction.isNewTransaction()) {
                    return;
                }
                var organization = CurrentOrganization.find();
                if (organization.isEmpty()) {
                    return;
                }
                var connection = DataSourceUtils.getConnection(dataSource);
                try (var statement = connection.prepareStatement(
                        "select set_config('app.organization_id', ?, true), set_config('app.platform', ?, true)")) {
                    statement.setString(1, organization.get().toString());
                    statement.setString(2, CurrentOrganization.isPlatform() ? "on" : "off");
                    statement.execute();
                } catch (SQLException e) {
                    throw new DataAccessResourceFailureException("The organization could not be bound", e);
                } finally {
                    DataSourceUtils.releaseConnection(connection, dataSource);
                }
            }
        };
    }
}
