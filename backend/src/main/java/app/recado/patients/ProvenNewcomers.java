package app.recado.patients;

import app.recado.kernel.SearchText;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds newcomers among those reached at their phone, holding the phone, so that two forms of one person register one. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ProvenNewcomers implements PatientIntake {

    private final NumberHolders holders;
    private final PatientRegister register;
    private final PhoneConsents consents;

    ProvenNewcomers(NumberHolders holders, PatientRegister register, PhoneConsents consents) {
        this.holders = holders;
        this.register = register;
        this.consents = consents;
    }

    @Override
    public UUID findOrRegister(Newcomer newcomer) {
        consents.hold(newcomer.phone());
        var wanted = words(newcomer.givenName(), newcomer.familyName());
        return holders.of(newcomer.phone()).stream()
                .filter(patient ->
                        words(patient.givenName(), patient.familyName()).equals(wanted))
                .map(Patient::id)
                .findFirst()
                .orElseGet(() -> register.register(
                                new PatientRequest(
                                        newcomer.givenName(),
                                        newcomer.familyName(),
                                        newcomer.phone(),
                                        null,
                                        newcomer.language(),
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null),
                                Patient.BY_PATIENT)
                        .id());
    }

    private static Set<String> words(@Nullable String given, @Nullable String family) {
        return new HashSet<>(SearchText.words((given == null ? "" : given) + " " + (family == null ? "" : family)));
    }
}
