package app.recado.patients;

import app.recado.patients.identifiers.Identifier;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds patients of the current organization by what another system knows of them, many at once. Needs an open transaction. */
public interface PatientLookup {

    /**
     * Somebody who is looked for.
     *
     * @param id of their card, for whoever knows it; null for whoever does not
     * @param phone E.164
     * @param name in any order of its words
     */
    record Wanted(
            @Nullable UUID id,
            @Nullable Identifier identifier,
            @Nullable String phone,
            @Nullable String name,
            @Nullable LocalDate birthDate) {

        /** Of a person: never printed. */
        @Override
        public String toString() {
            return "Wanted";
        }
    }

    /**
     * What was found.
     *
     * @param patient null when it is nobody, or may be several
     * @param several whether it may be several
     */
    record Found(@Nullable UUID patient, boolean several) {}

    /**
     * An id is that of a patient of the clinic, unasked. An identifier names a patient whatever else is said; a phone does when one patient has it, or one of that name; a name
     * does with the birth date. Words of a name are compared without accents, and either may have more of them.
     *
     * @return one for each, in the order of the list
     */
    List<Found> find(List<Wanted> wanted);
}
