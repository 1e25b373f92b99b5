package app.recado.bot;

import app.recado.bot.AgendaTools.Who;
import app.recado.bot.flow.FlowDocument;
import app.recado.bot.flow.FlowEngine;
import app.recado.bot.flow.FlowFaults;
import app.recado.bot.flow.FlowInput;
import app.recado.bot.flow.FlowLanguage;
import app.recado.bot.flow.FlowTurn;
import app.recado.kernel.Problem;
import app.recado.patients.PatientContact;
import app.recado.patients.PatientContacts;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;

/**
 * Lets staff go through a flow as a patient would, by the same engine and with the agenda as it is. Nothing is kept, sent or
 * changed: where it stands goes out and comes back with the next words.
 */
@Service
@Transactional(readOnly = true)
class FlowTrials {

    private final FlowAgenda agenda;
    private final PatientContacts patients;
    private final Clock clock;

    FlowTrials(FlowAgenda agenda, PatientContacts patients, Clock clock) {
        this.agenda = agenda;
        this.patients = patients;
        this.clock = clock;
    }

    /**
     * @param state where it stands; null to begin
     * @param input what is said; null to begin
     * @param patientId as whom it is tried; null for somebody unknown
     * @param language in which; null for the patient's, or the clinic's
     * @param at when it is tried; null for now
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}; {@code invalid-fields} for a flow without a start and
     *     for a state that no flow has
     */
    public FlowTurn turn(
            FlowDocument document,
            @Nullable String state,
            @Nullable FlowInput input,
            @Nullable UUID patientId,
            @Nullable FlowLanguage language,
            @Nullable Instant at) {
        boolean begins = FlowFaults.of(document).stream()
                .noneMatch(fault ->
                        fault.code().equals("start-unknown") || fault.code().equals("node-twice"));
        if (!begins) {
            throw Problem.INVALID_FIELDS.at("/document/start", "unknown-value", "The flow has no such first step");
        }
        var people = people(patientId);
        var now = Objects.requireNonNullElseGet(at, clock::instant);
        var words = input == null ? null : input.text();
        var engine = new FlowEngine(
                document,
                new TrialTools(agenda.tools(new Who(null, people, words, now))),
                language == null ? agenda.language(people) : language.tag(),
                now);
        try {
            return state == null || input == null
                    ? engine.start("trial")
                    : engine.resume(FlowJson.ofOpaque(state), input);
        } catch (IllegalArgumentException | NullPointerException | JacksonException notOfThisFlow) {
            throw Problem.INVALID_FIELDS.at("/state", "unknown-value", "Begin again: this is no place of this flow");
        }
    }

    private List<PatientContact> people(@Nullable UUID patientId) {
        return patientId == null
                ? List.of()
                : List.of(patients.find(patientId)
                        .orElseThrow(() -> Problem.PATIENT_UNKNOWN.at(
                                "/patientId", "unknown-value", "This clinic has no such patient")));
    }
}
