package app.recado.fhir;

import app.recado.fhir.ClinicRows.LocationRow;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Location.LocationMode;
import org.hl7.fhir.r4.model.Location.LocationPositionComponent;
import org.hl7.fhir.r4.model.Location.LocationStatus;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.stereotype.Component;

/** Where the clinic sees patients. */
@Component
class FhirLocations extends FewResources<LocationRow> {

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.of("name", SearchParamType.STRING, "Beginnings of words of the name; all of them", "norte"),
            SearchParameter.of("status", SearchParamType.TOKEN, "active or inactive", "active"));

    private final ClinicRows clinic;

    FhirLocations(ClinicRows clinic) {
        this.clinic = clinic;
    }

    @Override
    public ResourceType type() {
        return ResourceType.Location;
    }

    @Override
    public String documentation() {
        return "Where the clinic sees patients. The main location has the clinic's own id.";
    }

    @Override
    public boolean versioned() {
        return true;
    }

    @Override
    public List<SearchParameter> parameters() {
        return PARAMETERS;
    }

    @Override
    List<LocationRow> all() {
        return clinic.locations();
    }

    @Override
    String idOf(LocationRow row) {
        return row.id().toString();
    }

    @Override
    Predicate<LocationRow> wanted(Criteria criteria) {
        var named = named(criteria);
        var statuses = criteria.tokens("status");
        return row -> named.test(row.name())
                && (statuses == null
                        || statuses.stream()
                                .anyMatch(one -> one.is(
                                        status(row).getSystem(), status(row).toCode())));
    }

    private static LocationStatus status(LocationRow row) {
        return row.active() ? LocationStatus.ACTIVE : LocationStatus.INACTIVE;
    }

    @Override
    DomainResource resource(LocationRow row) {
        var location = new Location();
        location.setId(idOf(row));
        location.getMeta().setVersionId(String.valueOf(row.version()));
        location.setStatus(status(row));
        location.setName(row.name());
        location.setMode(LocationMode.INSTANCE);
        if (row.phone() != null) {
            location.addTelecom(Elements.phone(row.phone()));
        }
        if (row.address() != null) {
            location.setAddress(new Address().setText(row.address()));
        }
        if (row.latitude() != null && row.longitude() != null) {
            location.setPosition(
                    new LocationPositionComponent().setLatitude(row.latitude()).setLongitude(row.longitude()));
        }
        return location;
    }
}
