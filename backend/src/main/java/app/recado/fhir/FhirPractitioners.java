package app.recado.fhir;

import app.recado.fhir.ClinicRows.PractitionerRow;
import java.util.List;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.stereotype.Component;

/** Who sees patients. What they do stands on their schedules: here FHIR has room for diplomas alone. */
@Component
class FhirPractitioners extends FewResources<PractitionerRow> {

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.of("name", SearchParamType.STRING, "Beginnings of words of the name; all of them", "gómez"),
            SearchParameter.of("active", SearchParamType.TOKEN, "False for those who take no visits any more", "true"));

    private final ClinicRows clinic;

    FhirPractitioners(ClinicRows clinic) {
        this.clinic = clinic;
    }

    @Override
    public ResourceType type() {
        return ResourceType.Practitioner;
    }

    @Override
    public String documentation() {
        return "Who sees patients, also those who take no visits any more.";
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
    List<PractitionerRow> all() {
        return clinic.practitioners();
    }

    @Override
    String idOf(PractitionerRow row) {
        return row.id().toString();
    }

    @Override
    Predicate<PractitionerRow> wanted(Criteria criteria) {
        var named = named(criteria);
        var active = flagged(criteria, "active");
        return row -> named.test(row.name()) && active.test(row.active());
    }

    @Override
    DomainResource resource(PractitionerRow row) {
        var practitioner = new Practitioner();
        practitioner.setId(idOf(row));
        practitioner.getMeta().setVersionId(String.valueOf(row.version()));
        practitioner.setActive(row.active());
        practitioner.addName().setText(row.name());
        return practitioner;
    }
}
