package app.recado.templates;

import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** The clinic's own texts; at most one per kind and language. */
interface OwnTextRepository extends JpaRepository<OwnText, UUID> {

    Optional<OwnText> findByKindAndLanguage(TemplateKind kind, TemplateLanguage language);
}
