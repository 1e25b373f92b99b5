package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.Limit;
import app.recado.organizations.LimitUsage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Bytes of the files that staff uploaded to send. */
@Component
class UploadsUsed implements LimitUsage {

    private final JdbcClient jdbc;

    UploadsUsed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Limit limit() {
        return Limit.STORAGE_MEGABYTES;
    }

    @Override
    @Transactional(readOnly = true)
    public long used() {
        return jdbc.sql("select coalesce(sum(size), 0)::bigint from outbound_media where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
