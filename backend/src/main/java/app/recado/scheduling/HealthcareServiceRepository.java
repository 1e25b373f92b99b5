package app.recado.scheduling;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Services of the current organization. */
interface HealthcareServiceRepository extends JpaRepository<HealthcareService, UUID> {

    List<HealthcareService> findAllByOrderByNameAscIdAsc();

    /** Holds the service until the transaction ends: who offers it changes together with the rest. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select s from HealthcareService s where s.id = :id")
    Optional<HealthcareService> hold(UUID id);
}
