package app.recado.fhir;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/** The resources of one type: how they are read, searched and described. */
interface FhirResources {

    ResourceType type();

    /** What they are here, for the capability statement. */
    String documentation();

    /** Whether they have versions; others are computed at each question. */
    boolean versioned();

    /** What a search may ask, in the order in which it is described. */
    List<SearchParameter> parameters();

    /** Empty for ids that are not this clinic's. */
    Optional<DomainResource> read(String id);

    /**
     * What a search finds, in an order that stays.
     *
     * @param after the position of the last hit of the page before; null for the first page
     * @param limit how many at most
     */
    List<Hit> search(Criteria criteria, @Nullable List<String> after, int limit);

    /** A resource and where it stands in the order of its search. */
    record Hit(DomainResource resource, List<String> position) {}
}
