package app.recado.patients;

import app.recado.kernel.CurrentOrganization;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whose a number is: everybody's who has it, or of these who is written to there. Who was registered first comes first. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class NumberHolders {

    private final JdbcClient jdbc;
    private final PatientRepository patients;

    NumberHolders(JdbcClient jdbc, PatientRepository patients) {
        this.jdbc = jdbc;
        this.patients = patients;
    }

    /** Everybody on whose card the number stands, whichever of theirs it is. */
    public List<Patient> of(String e164) {
        return inOrder(jdbc.sql("select id from patient_number where organization_id = ? and phone = ?")
                .params(CurrentOrganization.id(), e164)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /**
     * Of whom the number speaks: who is written to there, and whose own it is said to be. A mother's phone beside a child's is
     * hers.
     */
    public List<Patient> answering(String e164) {
        return inOrder(jdbc.sql("""
                        select id from patient where organization_id = :org and phone = :phone
                        union
                        select patient_id from patient_other_phone
                         where organization_id = :org and phone = :phone and own
                        """)
                .param("org", CurrentOrganization.id())
                .param("phone", e164)
                .query((row, n) -> row.getObject("id", UUID.class))
                .list());
    }

    /**
     * Who may be writing from there: whoever is written to at that number; where nobody is, everybody on whose card it
     * stands. So a patient is not taken for the child on whose card their number stands too.
     */
    public List<Patient> writingFrom(String e164) {
        var reached = patients.findByPhoneOrderById(e164);
        return reached.isEmpty() ? of(e164) : reached;
    }

    private List<Patient> inOrder(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var found = patients.findAllById(ids).stream().collect(Collectors.toMap(Patient::id, Function.identity()));
        // As the database orders them: UUID.compareTo of Java is signed, their texts are not.
        return ids.stream()
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .map(found::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
