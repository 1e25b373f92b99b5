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

/** Whose a number is: of all who have it, those who are written to there, or those whose own it is. Registered first comes first. */
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
     * Whoever speaks when the number does: those who are written to there, and those of whom it is said that it is their own.
     * A mother's phone beside a child's is hers.
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
     * Who somebody is who writes from there: whoever is written to at that number; where nobody is, everybody on whose card it
     * stands. So a number that is a patient's own is not mistaken for that of the child on whose card it stands too.
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
