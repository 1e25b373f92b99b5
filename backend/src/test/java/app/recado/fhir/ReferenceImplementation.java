package app.recado.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.testing.Api;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.util.XmlUtil;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.io.StringReader;
import java.time.ZoneId;
import javax.xml.stream.XMLStreamException;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Resource;

/** HAPI FHIR as a client that believes nothing: what it reads must be known, and valid by FHIR's own profiles. */
final class ReferenceImplementation {

    private static final FhirContext R4 = FhirContext.forR4();

    private ReferenceImplementation() {}

    /** Made at the first use: FHIR's definitions are read, which takes seconds. */
    private static final class Validator {
        static final FhirValidator OF_R4 = validator();
    }

    private static FhirValidator validator() {
        readXmlByWoodstox();
        var others = new PrePopulatedValidationSupport(R4);
        others.addCodeSystem(zones());
        // The clinic's services are codes of ours, which no definition can know.
        var ours = new UnknownCodeSystemWarningValidationSupport(R4);
        ours.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        var support = new ValidationSupportChain(
                new DefaultProfileValidationSupport(R4),
                new CommonCodeSystemsTerminologyService(R4),
                others,
                new InMemoryTerminologyServerValidationSupport(R4),
                ours);
        return R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
    }

    /** The definitions are XML, and the library takes any reader of the class path for the one it knows. */
    private static void readXmlByWoodstox() {
        var choice = "javax.xml.stream.XMLInputFactory";
        System.setProperty(choice, "com.ctc.wstx.stax.WstxInputFactory");
        try {
            XmlUtil.createXmlReader(new StringReader("<kept-for-the-process/>"));
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        } finally {
            System.clearProperty(choice);
        }
    }

    /** FHIR leaves the names of zones to IANA, and Java knows them. */
    private static CodeSystem zones() {
        var zones = new CodeSystem();
        zones.setUrl("https://www.iana.org/time-zones");
        zones.setStatus(PublicationStatus.ACTIVE);
        zones.setContent(CodeSystem.CodeSystemContentMode.COMPLETE);
        ZoneId.getAvailableZoneIds().forEach(zone -> zones.addConcept().setCode(zone));
        return zones;
    }

    /** Read strictly: an unknown element, a code or a date that is none fails the test. */
    static <T extends Resource> T read(Class<T> type, Api.Answer answer) {
        assertThat(answer.header("Content-Type")).as(answer.text()).isEqualTo("application/fhir+json;charset=UTF-8");
        return R4.newJsonParser()
                .setParserErrorHandler(new StrictErrorHandler())
                .parseResource(type, answer.text());
    }

    /** By FHIR's own profiles and terminology. */
    static void assertValid(Api.Answer answer) {
        assertThat(Validator.OF_R4.validateWithResult(answer.text()).getMessages().stream()
                        .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
                        .map(SingleValidationMessage::toString))
                .as(answer.text())
                .isEmpty();
    }
}
