package app.recado.scheduling;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** Services of the current organization. */
interface HealthcareServiceRepository extends JpaRepository<HealthcareService, UUID> {

    List<HealthcareService> findAllByOrderByNameAscIdAsc();
}
