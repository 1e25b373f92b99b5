package app.recado.fhir;

import java.util.Comparator;
import java.util.List;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.springframework.stereotype.Component;

/** Says what the facade does, from what its resources say of themselves. */
@Component
class Capabilities {

    /** When what is said here last changed. */
    private static final String CHANGED = "2026-11-30";

    private static final String SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service";

    private final List<FhirResources> types;

    Capabilities(List<FhirResources> types) {
        this.types = types.stream()
                .sorted(Comparator.comparing(resources -> resources.type().name()))
                .toList();
    }

    /** @param base the facade's address as the caller reaches it */
    CapabilityStatement of(String base) {
        var statement = new CapabilityStatement();
        statement.setStatus(PublicationStatus.ACTIVE);
        statement.setDateElement(new DateTimeType(CHANGED));
        statement.setKind(CapabilityStatementKind.INSTANCE);
        statement.setFhirVersion(FHIRVersion._4_0_1);
        statement.addFormat("application/fhir+json");
        statement.addFormat("json");
        statement.getSoftware().setName("Recado");
        statement
                .getImplementation()
                .setDescription("The agenda of a clinic, to be read")
                .setUrl(base);
        var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
        rest.getSecurity()
                .setDescription("Access token of the installation's realm as a bearer, for a member of the clinic")
                .addService(new CodeableConcept()
                        .addCoding(new Coding().setSystem(SECURITY).setCode("OAuth")));
        types.forEach(resources -> describe(rest, resources));
        return statement;
    }

    private static void describe(CapabilityStatementRestComponent rest, FhirResources resources) {
        var resource = rest.addResource()
                .setType(resources.type().name())
                .setDocumentation(resources.documentation())
                .setVersioning(
                        resources.versioned() ? ResourceVersionPolicy.VERSIONED : ResourceVersionPolicy.NOVERSION);
        resource.addInteraction().setCode(TypeRestfulInteraction.READ);
        resource.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
        resources
                .parameters()
                .forEach(parameter -> resource.addSearchParam()
                        .setName(parameter.name())
                        .setType(parameter.type())
                        .setDocumentation(parameter.documentation()
                                + (parameter.personal() ? "; in the form of a POST only, never in an address" : "")));
    }
}
