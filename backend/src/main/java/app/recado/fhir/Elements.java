package app.recado.fhir;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** Parts that resources have in common. */
final class Elements {

    /** FHIR R4's own extension: an offset alone does not say when the clocks change. */
    private static final String ZONE = "http://hl7.org/fhir/StructureDefinition/tz-code";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private Elements() {}

    /** A moment as the clocks of a place show it, with the name of their zone. */
    static InstantType moment(Instant moment, ZoneId zone) {
        var instant = new InstantType(text(moment, zone));
        instant.addExtension(new Extension(ZONE, new CodeType(zone.getId())));
        return instant;
    }

    /** A moment with the offset of a zone, to the second. */
    static String text(Instant moment, ZoneId zone) {
        return SECONDS.format(moment.atZone(zone));
    }

    static Reference reference(ResourceType type, Object id) {
        return new Reference(type.name() + "/" + id);
    }

    /** Something that has words and no code. */
    static CodeableConcept words(String text) {
        return new CodeableConcept().setText(text);
    }

    /** @param e164 with a leading plus */
    static ContactPoint phone(String e164) {
        return new ContactPoint().setSystem(ContactPointSystem.PHONE).setValue(e164);
    }
}
