package app.recado.patients;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Patients who come by themselves, their phone proven. Needs an open transaction. */
public interface PatientIntake {

    /**
     * Somebody who says who they are.
     *
     * @param phone E.164; proven to be theirs
     * @param language es, en or pt-BR: the language to write to them in
     */
    record Newcomer(String givenName, @Nullable String familyName, String phone, String language) {

        /** Name and number belong to a person: never printed. */
        @Override
        public String toString() {
            return "Newcomer";
        }
    }

    /**
     * The patient of that phone and name, registered when there is none. The name counts word by word, whatever the accents
     * and the order; half a name is nobody's, because families share phones, and a visit of the wrong person is worse than
     * a patient written down twice. What is written about a known patient stays as it is.
     */
    UUID findOrRegister(Newcomer newcomer);
}
