package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people ask of lines, and how lines are shown to them: as their rows say, with the codes on offer right now. */
@Component
class LineService {

    private final Lines lines;
    private final Engines engines;
    private final ClinicPhones phones;
    private final ObjectProvider<WaitingMessages> waiting;
    private final TransactionTemplate transaction;

    LineService(
            Lines lines,
            Engines engines,
            ClinicPhones phones,
            ObjectProvider<WaitingMessages> waiting,
            TransactionTemplate transaction) {
        this.lines = lines;
        this.engines = engines;
        this.phones = phones;
        this.waiting = waiting;
        this.transaction = transaction;
    }

    LineView start(UUID id, boolean replacePhone) {
        var line = lines.get(id);
        engines.of(line.engine()).start(line, replacePhone);
        return current(lines.get(id));
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for something that is no phone number,
     *     {@code line-not-in-that-state} when the line is linked, or is of a kind without codes to type */
    LineView pairingCode(UUID id, String typed) {
        var line = lines.get(id);
        var phone = Objects.requireNonNull(transaction.execute(status -> phones.dialled(typed, "/phone")));
        if (!Capabilities.of(line.engine()).pairingCode()) {
            throw Problem.LINE_NOT_IN_THAT_STATE.because("A line of this kind has no phone to link");
        }
        engines.of(line.engine()).pair(line, phone);
        return current(lines.get(id));
    }

    LineView stop(UUID id) {
        var line = lines.get(id);
        engines.of(line.engine()).stop(line);
        return current(lines.get(id));
    }

    LineView logOut(UUID id) {
        var line = lines.get(id);
        engines.of(line.engine()).logOut(line);
        return current(lines.get(id));
    }

    LineView edit(UUID id, ExpectedVersion expected, String name, boolean typing) {
        var line = lines.edit(id, expected, name, typing);
        engines.of(line.engine()).settingsChanged(line);
        return withoutCodes(line);
    }

    /** The line as its row says, with what it offers to be linked with, for those who may pair. */
    LineView current(Line line) {
        boolean offers = line.state() == LineState.PAIRING && mayPair();
        return view(line, offers ? engines.of(line.engine()).offer(line) : PairingOffer.NONE);
    }

    /** The line as its row says. No engine is asked. */
    LineView withoutCodes(Line line) {
        return view(line, PairingOffer.NONE);
    }

    private LineView view(Line line, PairingOffer offer) {
        return new LineView(
                line.id(),
                line.name(),
                line.engine(),
                Capabilities.of(line.engine()),
                line.isDefault(),
                line.typing(),
                line.state(),
                line.cause(),
                line.since(),
                line.nextAttemptAt(),
                line.phone(),
                line.profileName(),
                line.platform(),
                line.otherPhone(),
                !line.cause().equals(LineStates.GATEWAY_AWAY),
                offer.qr() instanceof PairingOffer.Code qr ? new LineView.QrView(qr.value(), qr.expiresAt()) : null,
                offer.pairingCode() instanceof PairingOffer.Code code
                        ? new LineView.PairingCodeView(code.value(), code.expiresAt())
                        : null,
                line.isDefault() ? waitingMessages() : 0,
                lines.warmUp(line.id()).orElse(null),
                line.version());
    }

    private int waitingMessages() {
        var port = waiting.getIfAvailable();
        Integer count = port == null ? Integer.valueOf(0) : transaction.execute(status -> port.count());
        return count == null ? 0 : count;
    }

    private static boolean mayPair() {
        var roles = Caller.current().rolesIn(CurrentOrganization.id());
        return roles.contains(Allow.OWNER) || roles.contains(Allow.RECEPTIONIST);
    }
}
