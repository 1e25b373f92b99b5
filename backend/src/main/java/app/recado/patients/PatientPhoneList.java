package app.recado.patients;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The numbers of a patient with what the clinic's lines know of each. */
@Service
class PatientPhoneList {

    private final PatientRegister register;
    private final WhatsAppKnowledge knowledge;

    PatientPhoneList(PatientRegister register, WhatsAppKnowledge knowledge) {
        this.register = register;
        this.knowledge = knowledge;
    }

    /**
     * The one that is written to first.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code patient-replaced}
     */
    @Transactional(readOnly = true)
    public List<PatientPhoneController.Listed> of(UUID patient) {
        var phones = register.get(patient).phoneNumbers();
        var known = knowledge.of(phones.stream()
                .map(PatientView.Reached::phone)
                .filter(Objects::nonNull)
                .toList());
        return phones.stream()
                .map(one -> {
                    var found = one.phone() == null ? null : known.get(one.phone());
                    return new PatientPhoneController.Listed(
                            one,
                            found == null
                                    ? PatientPhoneController.OnWhatsApp.UNKNOWN
                                    : found.has()
                                            ? PatientPhoneController.OnWhatsApp.YES
                                            : PatientPhoneController.OnWhatsApp.NO,
                            found == null ? null : found.at());
                })
                .toList();
    }
}
