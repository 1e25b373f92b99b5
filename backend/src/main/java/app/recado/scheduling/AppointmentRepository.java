package app.recado.scheduling;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** Appointments of the current organization. */
interface AppointmentRepository extends JpaRepository<Appointment, UUID> {

    /** Reads and holds the row until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Appointment a where a.id = :id")
    Optional<Appointment> hold(UUID id);

    /** The visits of a series that begin at some moment or later, in this order; holds the rows until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from Appointment a where a.seriesId = :seriesId and a.startsAt >= :from order by a.startsAt, a.id")
    List<Appointment> holdSeries(UUID seriesId, Instant from);
}
