package app.recado.patients;

import app.recado.patients.PhoneConsents.Holder;
import app.recado.patients.PhoneConsents.Origin;
import app.recado.patients.PhoneConsents.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps them beside what holders of numbers said. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RecordedContactConsents implements ContactConsents {

    private final PhoneConsents consents;
    private final PatientContacts patients;

    RecordedContactConsents(PhoneConsents consents, PatientContacts patients) {
        this.consents = consents;
        this.patients = patients;
    }

    @Override
    public boolean optedOut(UUID contactId, @Nullable String phone) {
        return phone == null
                ? isStop(consents.latest(Holder.contact(contactId), Purpose.CARE))
                : isStop(consents.latest(phone, Purpose.CARE))
                        || patients.answering(phone).stream().anyMatch(PatientContact::optedOut);
    }

    private static boolean isStop(Optional<Boolean> said) {
        return said.equals(Optional.of(false));
    }

    @Override
    public boolean optOut(UUID contactId, Instant at) {
        var holder = Holder.contact(contactId);
        consents.hold(holder);
        boolean known = isStop(consents.latest(holder, Purpose.CARE));
        return consents.record(holder, Purpose.CARE, false, Origin.patient(), at) && !known;
    }

    @Override
    public boolean optIn(UUID contactId, Instant at) {
        var holder = Holder.contact(contactId);
        consents.hold(holder);
        return isStop(consents.latest(holder, Purpose.CARE))
                && consents.record(holder, Purpose.CARE, true, Origin.patient(), at);
    }

    @Override
    public void nowOf(UUID was, UUID now, @Nullable String phone) {
        var before = Holder.contact(was);
        consents.hold(before);
        consents.last(before, Purpose.CARE).ifPresent(said -> {
            if (phone == null) {
                consents.record(Holder.contact(now), Purpose.CARE, said.allowed(), Origin.patient(), said.at());
            } else if (said.allowed()) {
                patients.optIn(phone, said.at());
            } else {
                patients.optOut(phone, said.at());
            }
        });
    }
}
