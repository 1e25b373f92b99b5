package app.recado.guards;

import static org.assertj.core.api.Assertions.assertThat;

import app.recado.kernel.security.Allow;
import app.recado.testing.Api;
import app.recado.testing.Clinics;
import app.recado.testing.RecadoTest;
import app.recado.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every operation of the document that takes If-Match, sent eight times at once and then once more with the same version: it
 * changes the record once.
 */
@RecadoTest
class EveryIfMatchTest {

    private static final String TENANT = "/api/v1/organizations/{organizationId}";
    private static final int AT_ONCE = 8;

    /** Reviewed: what the records of this guard do not allow; the same check guards them (one version, one row). */
    private static final Set<String> NOT_POSSIBLE_HERE = Set.of(
            "POST /api-clients/{id}/keys", // needs the identity server: ApiClientsForRealTest
            "PUT /appointments/{id}/deposit", // needs one that a deposit was asked for with: DepositTest
            "POST /appointments/{id}/accept", // needs one that a patient asked for: OnlineBookingTest
            "POST /appointments/{id}/fulfill", // needs somebody who arrived
            "POST /appointments/{id}/mark-no-show", // needs a visit that is over
            "POST /waitlist-entries/{id}/reactivate", // needs a withdrawn one: WaitlistTest
            "POST /appointments/{id}/reinstate", // needs a cancelled one: ReinstatedVisitTest
            "POST /patients/{id}/erase", // needs a patient without open requests: PatientErasureTest
            "POST /patients/{id}/lift-restriction", // needs a restricted patient: PatientRestrictionTest
            "POST /conversations/{id}/assign", // to nobody, as it is: SharedInboxTest
            "POST /tickets/{id}/acknowledge", // needs one that is open: TicketsTest
            "POST /conversations/{id}/team", // to none, as it is: InboxRoutingTest
            "POST /conversations/{id}/reopen", // it is open
            "POST /conversations/{id}/unlink", // nobody said whom it is with: SharedInboxTest
            "POST /inbound-messages/{id}/accept-identity", // needs somebody with a new number: CloudApiPeopleTest
            "POST /patient-imports/{id}/commit", // needs one whose rows were tried: PatientImportTest
            "POST /patient-imports/{id}/undo", // likewise
            "POST /appointment-imports/{id}/commit", // needs one whose rows were tried: AppointmentImportTest
            "POST /appointment-imports/{id}/undo", // likewise
            "POST /patients/{id}/merge", // needs two patients: PatientMergeTest
            "POST /patients/{id}/merges/{mergeId}/undo", // likewise
            "POST /campaigns/{id}/pause", // needs one that runs: CampaignTest
            "POST /campaigns/{id}/resume", // needs one that is paused: CampaignTest
            "POST /flows/{id}/restore", // needs an archived one: FlowsTest
            "POST /messages/{id}/settle", // needs a message with an unknown outcome
            "POST /messages/{id}/send-again", // needs one that failed
            "POST /whatsapp-lines/{id}/make-default", // the only line is it already
            "PUT /appointments/{id}/no-show-reason", // needs one that was missed: VisitDetailsTest
            "PUT /whatsapp-lines/{id}/credentials", // needs a line of a provider: LineEngineTest
            "PUT /whatsapp-lines/{id}/templates/{kind}/{language}"); // likewise

    @Autowired
    Clinics clinics;

    @Autowired
    ClinicRecords records;

    @Test
    void changes_a_record_once_whoever_else_holds_the_same_version() throws Exception {
        var never = new TreeSet<String>();
        var twice = new ArrayList<String>();
        var found = new ArrayList<String>();
        ApiContractTest.forEachOperation(clinics.anonymous().get("/v3/api-docs").json(), (name, operation) -> {
            boolean conditional = operation
                    .path("parameters")
                    .valueStream()
                    .anyMatch(parameter -> parameter.path("name").asString().equals("If-Match"));
            if (conditional) {
                found.add(name);
            }
        });
        assertThat(found).hasSizeGreaterThan(12);
        var operations = found.stream()
                .map(name -> name.replaceFirst(Pattern.quote(TENANT), ""))
                .toList();
        // To fill a clinic takes longer than to try an operation, so they share one; first those that change nothing
        // and leave it as it was filled.
        var filled = records.of(clinics.open());
        for (var operation : operations) {
            if (NOT_POSSIBLE_HERE.contains(operation) && count(operation, filled, twice) == 0) {
                never.add(operation);
            }
        }
        boolean asFilled = true;
        for (var operation : operations) {
            if (NOT_POSSIBLE_HERE.contains(operation)) {
                continue;
            }
            int done = count(operation, filled, twice);
            if (done == 0 && !asFilled) { // another operation took what this one needs
                filled = records.of(clinics.open());
                done = count(operation, filled, twice);
            }
            if (done == 0) {
                never.add(operation);
            }
            asFilled = asFilled && done == 0;
        }
        assertThat(twice).isEmpty();
        assertThat(never).isEqualTo(new TreeSet<>(NOT_POSSIBLE_HERE));
    }

    @Test
    void a_default_text_that_nobody_changed_yet_is_worded_once() throws Exception {
        var clinic = clinics.open();
        var owner = clinic.owner();
        var template = owner.get("/message-templates").at("/items/0/id");
        var path = "/message-templates/" + template;
        var etag = owner.get(path).etag();
        assertThat(atOnce(etag, () -> owner.ifMatch(etag).put(path, "{\"body\":\"" + UUID.randomUUID() + "\"}")))
                .isOne();
        assertThat(owner.ifMatch(etag).put(path, "{\"body\":\"later\"}").code()).isEqualTo("stale");
    }

    private int count(String operation, ClinicRecords.Filled filled, List<String> twice) throws Exception {
        var parts = operation.split(" ", 2);
        int done = tryAtOnce(parts[0], parts[1], filled);
        if (done > 1) {
            twice.add(operation + " x" + done);
        }
        return done;
    }

    private int tryAtOnce(String verb, String path, ClinicRecords.Filled filled) throws Exception {
        var caller = clinics.anonymous()
                .with(
                        "Authorization",
                        "Bearer "
                                + TestTokens.member(
                                        "eva-" + UUID.randomUUID(),
                                        filled.clinic().id(),
                                        List.of(Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER)));
        var base = TENANT.replace("{organizationId}", filled.clinic().id().toString());
        var record = path.isEmpty() ? null : filled.idFor(path);
        var address = base
                + path.replace("{kind}", "reminder")
                        .replace("{language}", "es")
                        .replaceAll("\\{[^}]+}", String.valueOf(record));
        var etag = filled.etagFor(path);
        var body = filled.bodyFor(verb, path);
        Callable<Api.Answer> change =
                () -> caller.key(UUID.randomUUID().toString()).ifMatch(etag).send(verb, address, body);
        return atOnce(etag, change) + (changed(etag, change.call()) ? 1 : 0);
    }

    private static int atOnce(String etag, Callable<Api.Answer> change) throws Exception {
        var together = new CyclicBarrier(AT_ONCE);
        int done = 0;
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var answers = new ArrayList<Future<Api.Answer>>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return change.call();
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get().status()).isLessThan(500);
                done += changed(etag, answer.get()) ? 1 : 0;
            }
        }
        return done;
    }

    /** What was so already may be answered 200 any number of times: its version stays. */
    private static boolean changed(String etag, Api.Answer answer) {
        return answer.status() / 100 == 2 && !etag.equals(answer.etag());
    }
}
