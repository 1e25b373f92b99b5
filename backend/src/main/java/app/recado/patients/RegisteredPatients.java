package app.recado.patients;

import app.recado.kernel.live.LiveHints;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers the neighbours' questions about patients. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RegisteredPatients implements Patients, PatientContacts {

    private final PatientRepository patients;
    private final LiveHints hints;
    private final Counter optOuts;

    RegisteredPatients(PatientRepository patients, LiveHints hints, MeterRegistry metrics) {
        this.patients = patients;
        this.hints = hints;
        this.optOuts = Counter.builder("recado.patients.opt_outs")
                .description("Patients who asked for no more messages by answering one")
                .register(metrics);
    }

    @Override
    public boolean exists(UUID id) {
        return patients.existsById(id);
    }

    @Override
    public Optional<PatientContact> find(UUID patientId) {
        return patients.findById(patientId).map(RegisteredPatients::contact);
    }

    @Override
    public List<PatientContact> byPhone(String e164) {
        return patients.findByPhoneOrderById(e164).stream()
                .map(RegisteredPatients::contact)
                .toList();
    }

    @Override
    public void optOut(String e164, Instant at) {
        for (var patient : patients.findByPhoneOrderById(e164)) {
            if (patient.optOut(at, Patient.BY_PATIENT)) {
                patients.saveAndFlush(patient);
                hints.changed(LiveHints.Kind.PATIENT, patient.id());
                optOuts.increment();
            }
        }
    }

    private static PatientContact contact(Patient patient) {
        return new PatientContact(
                patient.id(),
                patient.givenName(),
                PatientView.displayName(patient.givenName(), patient.familyName()),
                patient.phone(),
                patient.language(),
                patient.messaging() == Messaging.OPTED_OUT);
    }
}
