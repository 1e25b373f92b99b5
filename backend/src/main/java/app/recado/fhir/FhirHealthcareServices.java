package app.recado.fhir;

import app.recado.fhir.ClinicRows.ServiceRow;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.HealthcareService;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.stereotype.Component;

/** What patients come for. */
@Component
class FhirHealthcareServices extends FewResources<ServiceRow> {

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.of(
                    "name", SearchParamType.STRING, "Beginnings of words of the name; all of them", "control"),
            SearchParameter.of("active", SearchParamType.TOKEN, "False for what is offered no more", "true"));

    private final ClinicRows clinic;

    FhirHealthcareServices(ClinicRows clinic) {
        this.clinic = clinic;
    }

    @Override
    public ResourceType type() {
        return ResourceType.HealthcareService;
    }

    @Override
    public String documentation() {
        return "What patients come for. Its id is the code of a slot's service type.";
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
    List<ServiceRow> all() {
        return clinic.services();
    }

    @Override
    String idOf(ServiceRow row) {
        return row.id().toString();
    }

    @Override
    Predicate<ServiceRow> wanted(Criteria criteria) {
        var named = named(criteria);
        var active = flagged(criteria, "active");
        return row -> named.test(row.name()) && active.test(row.active());
    }

    @Override
    DomainResource resource(ServiceRow row) {
        var service = new HealthcareService();
        service.setId(idOf(row));
        service.getMeta().setVersionId(String.valueOf(row.version()));
        service.setActive(row.active());
        service.setName(row.name());
        row.locations().forEach(location -> service.addLocation(Elements.reference(ResourceType.Location, location)));
        return service;
    }
}
