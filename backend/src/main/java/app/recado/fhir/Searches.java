package app.recado.fhir;

import app.recado.kernel.Cursors;
import app.recado.kernel.Page;
import app.recado.organizations.OrganizationProfiles;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Searches of every type: which parameters are taken, pages, links. The next page's link holds the whole search sealed, so
 * that it can be followed by GET without a name or a number in an address.
 */
@Component
class Searches {

    /** More is no search of a person, and its next page would not fit into an address. */
    private static final int LONGEST = 2_000;

    private static final String COUNT = "_count";
    private static final String CURSOR = "_cursor";

    /** Says how the answer is written, not what is looked for. */
    private static final Set<String> OF_THE_ANSWER = Set.of("_format", "_pretty");

    private final Cursors cursors;
    private final OrganizationProfiles organizations;
    private final Disclosures disclosures;

    Searches(Cursors cursors, OrganizationProfiles organizations, Disclosures disclosures) {
        this.cursors = cursors;
        this.organizations = organizations;
        this.disclosures = disclosures;
    }

    /**
     * What was asked for, read.
     *
     * @param form what the next page goes on with
     * @param after where it begins; null for the first page
     * @param ignored names of parameters that nobody here knows, and that the caller wants ignored
     */
    private record Asked(SearchForm form, @Nullable List<String> after, Set<String> ignored) {}

    /**
     * A page of what is found.
     *
     * @param base the facade's address
     * @throws FhirRefusal for what is not understood
     * @throws app.recado.kernel.ProblemException {@code invalid-cursor}
     */
    Bundle search(FhirResources resources, String base, HttpServletRequest request) {
        var asked = asked(resources, request);
        var values = values(resources, asked.form());
        int limit = limit(values);
        var criteria = new Criteria(values, base, organizations.current().timeZone());
        var found = resources.search(criteria, asked.after(), limit + 1);
        var page = found.size() > limit ? found.subList(0, limit) : found;
        disclosures.of(page.stream().map(FhirResources.Hit::resource).toList());

        var bundle = new Bundle();
        bundle.setType(Bundle.BundleType.SEARCHSET);
        var address = base + "/" + resources.type().name();
        bundle.addLink().setRelation("self").setUrl(self(resources, address, asked.form()));
        if (found.size() > limit) {
            bundle.addLink()
                    .setRelation("next")
                    .setUrl(address + "?" + CURSOR + "=" + sealed(resources, asked.form(), page.getLast()));
        }
        for (var hit : page) {
            var entry = bundle.addEntry();
            entry.setFullUrl(address + "/" + hit.resource().getIdElement().getIdPart());
            entry.setResource(hit.resource());
            entry.getSearch().setMode(Bundle.SearchEntryMode.MATCH);
        }
        if (!asked.ignored().isEmpty()) {
            var entry = bundle.addEntry();
            entry.setResource(told(asked.ignored()));
            entry.getSearch().setMode(Bundle.SearchEntryMode.OUTCOME);
        }
        return bundle;
    }

    private Asked asked(FhirResources resources, HttpServletRequest request) {
        var sent = SearchForm.of(request).parameters().stream()
                .filter(given -> !OF_THE_ANSWER.contains(given.name()))
                .toList();
        var cursor = sent.stream().filter(given -> given.name().equals(CURSOR)).findFirst();
        if (cursor.isEmpty()) {
            return known(resources, sent, lenient(request));
        }
        if (sent.size() > 1) {
            throw FhirRefusal.invalid(CURSOR + " holds the whole search: send it alone");
        }
        var opened = cursors.open(list(resources), cursor.get().value());
        if (opened == null) {
            throw new IllegalStateException("A cursor that is sent is opened or refused");
        }
        return new Asked(SearchForm.of(opened.getFirst()), opened.subList(1, opened.size()), Set.of());
    }

    private static Asked known(FhirResources resources, List<SearchForm.Given> sent, boolean lenient) {
        var taken = new ArrayList<SearchForm.Given>();
        var ignored = new TreeSet<String>();
        for (var given : sent) {
            var name = given.name();
            var parameter = resources.parameters().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst();
            if (parameter.isPresent() && parameter.get().personal() && given.inAddress()) {
                throw FhirRefusal.invalid(("%s never stands in an address, where it would be kept: send the search as a"
                                + " form, POST %s/_search")
                        .formatted(name, resources.type().name()));
            }
            if (parameter.isPresent() || name.equals(COUNT)) {
                taken.add(given);
            } else if (name.contains(":")) {
                // A modifier changes what is asked for: never ignored, says FHIR.
                throw FhirRefusal.unsupported("Search parameters take no modifiers here");
            } else if (lenient) {
                ignored.add(name);
            } else {
                throw FhirRefusal.unsupported("A search of %s takes %s"
                        .formatted(
                                resources.type().name(),
                                resources.parameters().stream()
                                        .map(SearchParameter::name)
                                        .toList()));
            }
        }
        var form = new SearchForm(List.copyOf(taken));
        if (form.text().length() > LONGEST) {
            throw FhirRefusal.invalid("A search takes at most %d characters".formatted(LONGEST));
        }
        return new Asked(form, null, ignored);
    }

    /** FHIR's {@code Prefer: handling=lenient}. A filter that is ignored unasked would answer with other people's records. */
    private static boolean lenient(HttpServletRequest request) {
        var preferences = request.getHeaders("Prefer");
        while (preferences.hasMoreElements()) {
            if (preferences.nextElement().replace(" ", "").contains("handling=lenient")) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<String>> values(FhirResources resources, SearchForm form) {
        var values = new LinkedHashMap<String, List<String>>();
        form.parameters()
                .forEach(given -> values.computeIfAbsent(given.name(), name -> new ArrayList<>())
                        .add(given.value()));
        var repeatable = resources.parameters().stream()
                .filter(SearchParameter::repeatable)
                .map(SearchParameter::name)
                .toList();
        values.forEach((name, given) -> {
            if (given.size() > 1 && !repeatable.contains(name)) {
                throw FhirRefusal.unsupported(name + " is sent once; alternatives stand between commas");
            }
        });
        return values;
    }

    /** At most {@link Page#MAX_LIMIT}: FHIR lets a server give less than is asked for. */
    private static int limit(Map<String, List<String>> values) {
        var count = values.get(COUNT);
        if (count == null) {
            return Page.DEFAULT_LIMIT;
        }
        if (!count.getFirst().matches("\\d{1,9}") || Integer.parseInt(count.getFirst()) == 0) {
            throw FhirRefusal.invalid(COUNT + " must be a whole number from 1");
        }
        return Math.min(Integer.parseInt(count.getFirst()), Page.MAX_LIMIT);
    }

    private String sealed(FhirResources resources, SearchForm form, FhirResources.Hit last) {
        var position = new ArrayList<String>();
        position.add(form.text());
        position.addAll(last.position());
        return cursors.seal(list(resources), position.toArray(String[]::new));
    }

    private static String list(FhirResources resources) {
        return "fhir/" + resources.type().name();
    }

    /** What was searched for, without names and numbers. */
    private static String self(FhirResources resources, String address, SearchForm form) {
        var personal = resources.parameters().stream()
                .filter(SearchParameter::personal)
                .map(SearchParameter::name)
                .toList();
        boolean tells = form.parameters().stream().anyMatch(given -> personal.contains(given.name()));
        if (tells) {
            return address + "/_search";
        }
        return form.parameters().isEmpty() ? address : address + "?" + form.text();
    }

    private static OperationOutcome told(Set<String> ignored) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.WARNING)
                .setCode(IssueType.NOTSUPPORTED)
                .getDetails()
                .setText("Ignored, because it is not known here: " + String.join(", ", ignored));
        return outcome;
    }
}
