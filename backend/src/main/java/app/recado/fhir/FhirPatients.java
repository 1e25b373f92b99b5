package app.recado.fhir;

import app.recado.patients.PatientRecords;
import app.recado.patients.PatientRecords.PatientRecord;
import app.recado.patients.PatientRecords.Place;
import app.recado.patients.PatientRecords.Wanted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Patients as FHIR has them: who they are and how they are reached, nothing of what the desk writes about them. */
@Component
class FhirPatients implements FhirResources {

    private static final String EXTENSION_OF_PHONE = "http://hl7.org/fhir/StructureDefinition/contactpoint-extension";

    private static final String LANGUAGES = "urn:ietf:bcp:47";

    private static final List<SearchParameter> PARAMETERS = List.of(
            SearchParameter.id(),
            SearchParameter.personal(
                            "name",
                            SearchParamType.STRING,
                            "Beginnings of words of the name, accents and case apart; all of them",
                            "sosa an")
                    .andAgain(),
            SearchParameter.personal(
                    "identifier",
                    SearchParamType.TOKEN,
                    "A paper's number, with or without its system, dots and dashes",
                    "http://www.renaper.gob.ar/dni|30123456"),
            SearchParameter.personal(
                    "phone",
                    SearchParamType.TOKEN,
                    "In E.164, or as people of the clinic's country write it",
                    "+5491123456789"),
            SearchParameter.personal(
                            "birthdate", SearchParamType.DATE, "Day of birth, with eq, ge, gt, le or lt", "1990-05-17")
                    .andAgain(),
            SearchParameter.of(
                    "active",
                    SearchParamType.TOKEN,
                    "False for archived patients; left out, true, unless _id names them",
                    "true"));

    private final PatientRecords records;

    FhirPatients(PatientRecords records) {
        this.records = records;
    }

    @Override
    public ResourceType type() {
        return ResourceType.Patient;
    }

    @Override
    public String documentation() {
        return "The clinic's register. Somebody who was merged into another patient is inactive, with a link to who they are.";
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
    public Optional<DomainResource> read(String id) {
        return Criteria.uuidOf(id).flatMap(records::find).map(FhirPatients::resource);
    }

    @Override
    public List<Hit> search(Criteria criteria, @Nullable List<String> after, int limit) {
        var ids = criteria.uuids();
        var active = criteria.flag("active");
        var born = criteria.dates("birthdate", ZoneOffset.UTC);
        var wanted = new Wanted(
                ids,
                Objects.requireNonNullElse(criteria.words("name", PatientRecords.MOST_WORDS), List.of()),
                papers(criteria.tokens("identifier")),
                codes(criteria.tokens("phone")),
                day(born.from()),
                day(born.before()),
                active == null && ids == null ? Boolean.TRUE : active);
        var place = after == null ? null : new Place(after.get(0), UUID.fromString(after.get(1)));
        return records.search(wanted, place, limit).stream()
                .map(record -> new Hit(
                        resource(record), List.of(record.sortName(), record.id().toString())))
                .toList();
    }

    private static @Nullable List<PatientRecords.PaperWanted> papers(@Nullable List<Criteria.Token> tokens) {
        return tokens == null
                ? null
                : tokens.stream().flatMap(FhirPatients::paper).toList();
    }

    /** Nothing for a number of a system that numbers nobody here. */
    private static Stream<PatientRecords.PaperWanted> paper(Criteria.Token token) {
        var system = token.system();
        return system == null
                ? Stream.of(new PatientRecords.PaperWanted(null, token.code()))
                : IdentifierSystems.kindOf(system).stream()
                        .map(kind -> new PatientRecords.PaperWanted(kind, token.code()));
    }

    private static @Nullable List<String> codes(@Nullable List<Criteria.Token> tokens) {
        return tokens == null ? null : tokens.stream().map(Criteria.Token::code).toList();
    }

    /** The first day from this moment on: somebody is born on a day, not at a time. */
    private static @Nullable LocalDate day(@Nullable Instant moment) {
        if (moment == null) {
            return null;
        }
        var time = moment.atZone(ZoneOffset.UTC).toLocalDateTime();
        var day = time.toLocalDate();
        return day.atStartOfDay().equals(time) ? day : day.plusDays(1);
    }

    private static Patient resource(PatientRecord record) {
        var patient = new Patient();
        patient.setId(record.id().toString());
        patient.getMeta()
                .setVersionId(String.valueOf(record.version()))
                .setLastUpdatedElement(new InstantType(Elements.text(record.updatedAt(), ZoneOffset.UTC)));
        patient.setActive(record.active());
        for (var paper : record.papers()) {
            patient.addIdentifier()
                    .setUse(IdentifierUse.OFFICIAL)
                    .setType(IdentifierSystems.type(paper.kind()))
                    .setSystem(IdentifierSystems.of(paper.kind()))
                    .setValue(paper.value());
        }
        name(patient, record);
        if (record.phone() != null) {
            patient.addTelecom(phone(record.phone(), record.phoneExtension()));
        }
        int rank = record.phone() == null ? 0 : 1;
        if (rank == 1 && !record.otherPhones().isEmpty()) {
            patient.getTelecomFirstRep().setRank(rank);
        }
        for (var other : record.otherPhones()) {
            rank++;
            patient.addTelecom(phone(other, null).setRank(rank));
        }
        if (record.email() != null) {
            patient.addTelecom(
                    new ContactPoint().setSystem(ContactPointSystem.EMAIL).setValue(record.email()));
        }
        if (record.gender() != null) {
            patient.setGender(AdministrativeGender.fromCode(record.gender()));
        }
        if (record.birthDate() != null) {
            patient.setBirthDateElement(new DateType(record.birthDate().toString()));
        }
        patient.addCommunication()
                .setLanguage(new CodeableConcept()
                        .addCoding(new Coding().setSystem(LANGUAGES).setCode(record.language())))
                .setPreferred(true);
        for (var other : record.otherLanguages()) {
            patient.addCommunication()
                    .setLanguage(new CodeableConcept()
                            .addCoding(new Coding().setSystem(LANGUAGES).setCode(other)))
                    .setPreferred(false);
        }
        if (record.replacedBy() != null) {
            patient.addLink()
                    .setOther(Elements.reference(ResourceType.Patient, record.replacedBy()))
                    .setType(LinkType.REPLACEDBY);
        }
        return patient;
    }

    private static void name(Patient patient, PatientRecord record) {
        var text = Stream.of(record.givenName(), record.familyName())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        var name = patient.addName().setUse(NameUse.OFFICIAL).setText(text).setFamily(record.familyName());
        if (record.givenName() != null) {
            name.addGiven(record.givenName());
        }
    }

    private static ContactPoint phone(String e164, @Nullable String extension) {
        var phone = Elements.phone(e164);
        if (extension != null) {
            phone.addExtension(new Extension(EXTENSION_OF_PHONE, new StringType(extension)));
        }
        return phone;
    }
}
