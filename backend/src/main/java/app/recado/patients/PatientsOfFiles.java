package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.retention.KnownMedia;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files follow a merge, stand in the copy of a patient's data, and go with their bytes when the patient is erased. */
@Configuration(proxyBeanMethods = false)
class PatientsOfFiles {

    private static final String THEIRS = "organization_id = :org and patient_id = any (:cards)";

    @Bean
    PatientReference filePatient() {
        return new PatientReference("patient_file", "patient_id");
    }

    @Bean
    PatientData fileData() {
        return new PatientData("files", "patient_file", """
                select json_build_object('name', name, 'contentType', content_type, 'size', size, 'sha256', sha256, 'at', created_at)
                  from patient_file where organization_id = :org and patient_id = :patient order by created_at, id
                """);
    }

    @Bean
    PatientErasure erasedFiles() {
        return PatientErasure.of("patient_file", "delete from patient_file where " + THEIRS)
                .withMedia("select media_key from patient_file where " + THEIRS);
    }

    @Bean
    KnownMedia patientFileMedia(JdbcClient jdbc) {
        return new KnownMedia() {
            @Override
            public Set<String> known(Collection<String> keys) {
                return new HashSet<>(
                        jdbc.sql("select media_key from patient_file where organization_id = ? and media_key = any (?)")
                                .params(List.of(CurrentOrganization.id(), keys.toArray(String[]::new)))
                                .query((row, n) -> row.getString(1))
                                .list());
            }
        };
    }
}
