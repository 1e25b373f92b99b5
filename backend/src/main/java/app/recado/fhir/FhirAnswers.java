package app.recado.fhir;

import app.recado.kernel.Problem;
import app.recado.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Answers as FHIR wants them: resources, and refusals as {@code OperationOutcome}. Who may ask is decided before, and
 * refused as everywhere else in this API.
 */
@Component
class FhirAnswers {

    /** The parameter is FHIR's wish: HTTP alone would leave the encoding open. */
    static final MediaType FHIR_JSON = new MediaType("application", "fhir+json", StandardCharsets.UTF_8);

    /** The codes of {@link Problem}, as a code system. */
    private static final String PROBLEMS = "https://recado.app/problems";

    private static final List<String> FORMATS =
            List.of("json", "application/json", "application/fhir+json", "text/json");

    private final Map<ResourceType, FhirResources> types;
    private final Searches searches;
    private final Capabilities capabilities;
    private final Disclosures disclosures;
    private final FhirJson json;
    private final FhirSettings settings;

    FhirAnswers(
            List<FhirResources> types,
            Searches searches,
            Capabilities capabilities,
            Disclosures disclosures,
            FhirJson json,
            FhirSettings settings) {
        this.types = types.stream().collect(Collectors.toMap(FhirResources::type, Function.identity()));
        this.searches = searches;
        this.capabilities = capabilities;
        this.disclosures = disclosures;
        this.json = json;
        this.settings = settings;
    }

    ResponseEntity<byte[]> capabilities(HttpServletRequest request) {
        return answer(request, () -> capabilities.of(base(request)));
    }

    ResponseEntity<byte[]> read(ResourceType type, String id, HttpServletRequest request) {
        return answer(request, () -> {
            var resource = known(type)
                    .read(id)
                    .orElseThrow(() ->
                            new FhirRefusal(Problem.NOT_FOUND, IssueType.NOTFOUND, "There is no such " + type.name()));
            disclosures.of(List.of(resource));
            return resource;
        });
    }

    ResponseEntity<byte[]> search(ResourceType type, HttpServletRequest request) {
        return answer(request, () -> searches.search(known(type), base(request), request));
    }

    private FhirResources known(ResourceType type) {
        var resources = types.get(type);
        if (resources == null) {
            throw new IllegalArgumentException("No resources of type " + type);
        }
        return resources;
    }

    private ResponseEntity<byte[]> answer(HttpServletRequest request, Supplier<? extends Resource> work) {
        try {
            requireJson(request);
            var resource = work.get();
            var answer = ResponseEntity.ok().contentType(FHIR_JSON);
            if (resource.getMeta().hasVersionId()) {
                answer.eTag("W/\"" + resource.getMeta().getVersionId() + "\"");
            }
            return answer.body(json.write(resource));
        } catch (FhirRefusal refusal) {
            return refused(refusal.problem(), refusal.issue(), refusal.detail());
        } catch (ProblemException refusal) {
            return refused(refusal.problem(), IssueType.INVALID, refusal.detail());
        }
    }

    private ResponseEntity<byte[]> refused(Problem problem, IssueType issue, String detail) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(issue)
                .getDetails()
                .setText(detail)
                .addCoding()
                .setSystem(PROBLEMS)
                .setCode(problem.code());
        return ResponseEntity.status(problem.status()).contentType(FHIR_JSON).body(json.write(outcome));
    }

    /** XML and RDF are FHIR, too, and not written here. The parameter wins over the header. */
    private static void requireJson(HttpServletRequest request) {
        var format = SearchForm.of(request).parameters().stream()
                .filter(given -> given.name().equals("_format"))
                .map(SearchForm.Given::value)
                .findFirst();
        boolean json = format.isPresent()
                ? FORMATS.contains(format.get().replace(' ', '+'))
                : accepted(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        if (!json) {
            throw new FhirRefusal(
                    Problem.NOT_ACCEPTABLE, IssueType.NOTSUPPORTED, "Resources are written in application/fhir+json");
        }
    }

    private static boolean accepted(List<String> accept) {
        try {
            var types = MediaType.parseMediaTypes(accept);
            return types.isEmpty()
                    || types.stream()
                            .anyMatch(type -> type.isCompatibleWith(FHIR_JSON)
                                    || type.isCompatibleWith(MediaType.APPLICATION_JSON));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** The facade's address as the caller reaches it. */
    private String base(HttpServletRequest request) {
        var address = settings.address();
        var path = request.getRequestURI();
        var here = path.substring(0, path.indexOf(FhirController.ROOT) + FhirController.ROOT.length());
        if (address != null) {
            return address + here;
        }
        var url = request.getRequestURL();
        return url.substring(0, url.length() - path.length()) + here;
    }
}
