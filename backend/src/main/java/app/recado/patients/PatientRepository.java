package app.recado.patients;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Patients of the current organization. */
interface PatientRepository extends JpaRepository<Patient, UUID> {

    List<Patient> findByPhoneOrderById(String phone);

    boolean existsByIdAndReplacedByIsNullAndErasedAtIsNull(UUID id);
}
