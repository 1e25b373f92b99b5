package app.recado.templates;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The clinic's own texts; at most one per occasion or own template, and language. */
interface OwnTextRepository extends JpaRepository<OwnText, UUID> {

    List<OwnText> findByCustomId(UUID customId);
}
