package app.recado.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/** Writes resources as JSON. The library's model costs a second and some memory: it is made when somebody first asks. */
@Component
class FhirJson {

    /** In UTF-8. */
    byte[] write(IBaseResource resource) {
        return Model.R4.newJsonParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }

    /** Initialised at the first use. */
    private static final class Model {
        static final FhirContext R4 = FhirContext.forR4();
    }
}
