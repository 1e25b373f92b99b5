package app.recado.whatsapp;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Caller;
import app.recado.organizations.ClinicPhones;
import app.recado.whatsapp.engines.Capabilities;
import app.recado.whatsapp.engines.EngineService;
import app.recado.whatsapp.engines.QrCodes;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What people ask of lines and how lines are shown to them: the stored line, and how the gateway sees it right now. */
@Component
class LineService {

    private final Lines lines;
    private final Gateway gateway;
    private final EngineService engines;
    private final QrCodes codes;
    private final Clock clock;
    private final ClinicPhones phones;
    private final ObjectProvider<WaitingMessages> waiting;
    private final TransactionTemplate transaction;

    LineService(
            Lines lines,
            Gateway gateway,
            EngineService engines,
            QrCodes codes,
            Clock clock,
            ClinicPhones phones,
            ObjectProvider<WaitingMessages> waiting,
            TransactionTemplate transaction) {
        this.lines = lines;
        this.gateway = gateway;
        this.engines = engines;
        this.codes = codes;
        this.clock = clock;
        this.phones = phones;
        this.waiting = waiting;
        this.transaction = transaction;
    }

    /** A wish that the gateway is asked to fulfil. */
    @FunctionalInterface
    private interface Wish {
        /** Empty when the gateway refuses. */
        Optional<LineStatus> ask() throws EngineUnavailable;
    }

    LineView start(UUID id, boolean replacePhone) {
        var line = lines.get(id);
        if (line.engine() != LineEngineKind.LINKED_DEVICE) {
            engines.start(id, line.engine());
            return current(lines.get(id));
        }
        var view = fulfil(line, true, () -> gateway.start(CurrentOrganization.id(), id, replacePhone));
        tellTyping(line);
        return view;
    }

    /** @throws app.recado.kernel.ProblemException {@code invalid-fields} for something that is no phone number,
     *     {@code line-not-in-that-state} when the line is linked */
    LineView pairingCode(UUID id, String typed) {
        var line = lines.get(id);
        var phone = Objects.requireNonNull(transaction.execute(status -> phones.dialled(typed, "/phone")));
        if (line.engine() != LineEngineKind.LINKED_DEVICE
                && Capabilities.of(line.engine()).pairingCode()) {
            if (line.state() == LineState.LINKED) {
                throw Problem.LINE_NOT_IN_THAT_STATE.because("The line is linked");
            }
            engines.pair(id, line.engine(), phone);
            return current(lines.get(id));
        }
        return fulfil(line, true, () -> {
            var known = gateway.status(id);
            if (known.isEmpty()
                    && gateway.start(CurrentOrganization.id(), id, false).isEmpty()) {
                return Optional.empty();
            }
            return gateway.pairingCode(id, phone);
        });
    }

    LineView stop(UUID id) {
        if (lines.get(id).engine() != LineEngineKind.LINKED_DEVICE) {
            engines.stop(id);
            return current(lines.get(id));
        }
        return fulfil(lines.get(id), false, () -> gateway.stop(id));
    }

    LineView logOut(UUID id) {
        var line = lines.get(id);
        if (line.engine() != LineEngineKind.LINKED_DEVICE) {
            engines.logOut(id, line.engine());
            return current(lines.get(id));
        }
        return fulfil(lines.get(id), false, () -> gateway.logOut(id));
    }

    LineView edit(UUID id, ExpectedVersion expected, String name, boolean typing) {
        var line = lines.edit(id, expected, name, typing);
        tellTyping(line);
        return withoutCodes(line);
    }

    /** Best effort: what the gateway does not hear now it is told when it is back. */
    void tellTyping(Lines.Line line) {
        if (line.engine() == LineEngineKind.LINKED_DEVICE && line.typingIsNews()) {
            try {
                gateway.settings(line.id(), line.typing())
                        .ifPresent(status -> lines.typingTold(line.id(), line.typing()));
            } catch (EngineUnavailable e) {
                // The watch over lines tries again.
            }
        }
    }

    /** The line as its row says; codes for pairing only for those who may pair. */
    LineView current(Lines.Line line) {
        return view(line, mayPair() ? offered(line) : null, mayPair());
    }

    /** The line as its row says. The gateway is not asked. */
    LineView withoutCodes(Lines.Line line) {
        return view(line, null, false);
    }

    private LineView fulfil(Lines.Line line, boolean running, Wish wish) {
        if (line.engine() != LineEngineKind.LINKED_DEVICE) {
            throw Problem.LINE_NOT_IN_THAT_STATE.because("A line of this kind has no phone to link");
        }
        try {
            var status = wish.ask()
                    .orElseThrow(() -> Problem.LINE_NOT_IN_THAT_STATE.because(
                            "The line is linked, or the gateway knows it under another network"));
            transaction.executeWithoutResult(state -> {
                lines.wanted(line.id(), running);
                lines.reported(Ids.next(), status, clock.instant());
            });
            return view(lines.get(line.id()), status, mayPair());
        } catch (EngineUnavailable e) {
            throw Problem.GATEWAY_UNAVAILABLE.because("Nothing was changed, ask again in a moment");
        }
    }

    /** What is on offer to pair with; codes are in no row, so the gateway is asked while there may be one. */
    private @Nullable LineStatus offered(Lines.Line line) {
        if (line.engine() != LineEngineKind.LINKED_DEVICE) {
            return withCodes(line);
        }
        if (line.state() != LineState.PAIRING) {
            return null;
        }
        try {
            return gateway.status(line.id()).orElse(null);
        } catch (EngineUnavailable e) {
            return null;
        }
    }

    /** A direct engine's line as it is stored, with the code it offers while it is pairing. */
    private LineStatus withCodes(Lines.Line line) {
        var until = clock.instant().plus(QrCodes.VALID);
        boolean pairing = line.state() == LineState.PAIRING;
        return new LineStatus(
                line.id(),
                line.state(),
                line.cause(),
                line.since(),
                line.nextAttemptAt(),
                line.phone(),
                line.profileName(),
                line.platform(),
                line.otherPhone(),
                pairing
                        ? codes.qr(line.id())
                                .map(value -> new LineStatus.Credential(value, until))
                                .orElse(null)
                        : null,
                pairing
                        ? codes.pairingCode(line.id())
                                .map(value -> new LineStatus.Credential(value, until))
                                .orElse(null)
                        : null);
    }

    private LineView view(Lines.Line line, @Nullable LineStatus now, boolean withCodes) {
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
                !line.cause().equals(Lines.GATEWAY_AWAY),
                now != null && withCodes && now.qr() instanceof LineStatus.Credential qr
                        ? new LineView.QrView(qr.value(), qr.expiresAt())
                        : null,
                now != null && withCodes && now.pairingCode() instanceof LineStatus.Credential code
                        ? new LineView.PairingCodeView(code.value(), code.expiresAt())
                        : null,
                line.isDefault() ? waitingMessages() : 0,
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
