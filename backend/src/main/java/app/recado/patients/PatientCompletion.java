package app.recado.patients;

import app.recado.patients.identifiers.IdentifierKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What patients say of themselves, laid on what staff wrote: it fills what is empty, and what differs waits for staff.
 * Everything is about the current organization and needs an open transaction.
 */
public interface PatientCompletion {

    /** What of a card a patient may say themselves. */
    enum Detail {
        GIVEN_NAME,
        FAMILY_NAME,
        BIRTH_DATE,
        IDENTIFIER,
        EMAIL,
        /** Whether they want messages about visits. */
        MESSAGING,
        MARKETING
    }

    /**
     * What a patient says; null is what they did not say.
     *
     * @param identifier as people type it
     * @param messaging whether they want messages about visits
     */
    record Submission(
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable LocalDate birthDate,
            @Nullable IdentifierKind identifierKind,
            @Nullable String identifier,
            @Nullable String email,
            @Nullable Boolean messaging,
            @Nullable Boolean marketing) {

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Submission";
        }
    }

    /**
     * What became of it.
     *
     * @param differing what staff wrote otherwise, with what the patient says, as it would be stored
     * @param identifierTaken another patient has the identifier: the two are listed as likely duplicates
     */
    record Outcome(Map<Detail, String> differing, boolean identifierTaken) {}

    /**
     * A card as far as a patient may say it themselves; null is what is not there.
     *
     * @param givenName what whoever opens a link is greeted by
     */
    record Card(
            @Nullable String givenName,
            @Nullable String familyName,
            @Nullable LocalDate birthDate,
            Map<IdentifierKind, String> identifiers,
            @Nullable String email,
            boolean reachable,
            boolean messaging,
            boolean marketing,
            String language) {

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Card";
        }
    }

    /** @throws app.recado.kernel.ProblemException {@code patient-unknown}, also for somebody who was merged into another */
    Card card(UUID patient);

    /**
     * Fills what is empty. A wish for no messages counts at once; one for messages after a wish for none waits for staff,
     * because nobody proved who filled in the form.
     *
     * @param at when it was said
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}; {@code invalid-fields} for a birth date or an
     *     identifier that cannot be
     */
    Outcome complete(UUID patient, Submission said, Instant at);

    /**
     * Staff accept some of what differed.
     *
     * @param differing as it was told
     * @param accepted which of it
     * @param by the account that accepts
     * @throws app.recado.kernel.ProblemException {@code patient-unknown}, {@code identifier-taken}
     */
    void accept(UUID patient, Map<Detail, String> differing, Set<Detail> accepted, String by);
}
