package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.organizations.Limit;
import app.recado.organizations.LimitUsage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Bytes of the files on patients' cards. */
@Component
class PatientFilesUsed implements LimitUsage {

    private final JdbcClient jdbc;

    PatientFilesUsed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Limit limit() {
        return Limit.STORAGE_MEGABYTES;
    }

    @Override
    @Transactional(readOnly = true)
    public long used() {
        return jdbc.sql("select coalesce(sum(size), 0)::bigint from patient_file where organization_id = ?")
                .param(CurrentOrganization.id())
                .query(Long.class)
                .single();
    }
}
