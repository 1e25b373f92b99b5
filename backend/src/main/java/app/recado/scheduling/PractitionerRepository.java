package app.recado.scheduling;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Practitioners of the current organization. */
interface PractitionerRepository extends JpaRepository<Practitioner, UUID> {

    List<Practitioner> findAllByOrderByDisplayNameAscIdAsc();

    /** Whoever signs in with this account. */
    Optional<Practitioner> findByMemberId(String memberId);

    /**
     * Holds the practitioner until the transaction ends. Bookings of one practitioner queue here: two inserts that meet in
     * the exclusion constraint instead would wait for each other until one is killed as a deadlock.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from Practitioner p where p.id = :id")
    Optional<Practitioner> hold(UUID id);
}
