package app.recado.chatwoot;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.outgoing.OutgoingHttp;
import app.recado.kernel.security.SecretVault;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tries a bridge and says what is wrong with it. It writes nothing there. */
@Component
class BridgeSelfTest {

    private final Bridges bridges;
    private final ChatwootApi api;
    private final ChatwootSettings settings;

    BridgeSelfTest(Bridges bridges, ChatwootApi api, ChatwootSettings settings) {
        this.bridges = bridges;
        this.api = api;
        this.settings = settings;
    }

    /** What is tried, in this order; the first that fails keeps the others of its side from being tried. */
    @Schema(name = "ChatwootCheckName")
    enum Name {
        /** The server answers. */
        REACHABLE,
        /** It knows the token. */
        TOKEN,
        /** The inbox is there, and is one for an API. */
        INBOX,
        /** It delivers to us. */
        ADDRESS,
        /** What it delivered last was signed with the secret that we know. */
        SIGNATURE;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Schema(name = "ChatwootCheckOutcome")
    enum Result {
        OK,
        FAILED,
        /** It could not be tried, or nothing was heard yet. */
        UNKNOWN;

        @JsonValue
        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of them. */
    @Schema(name = "ChatwootCheck")
    record Check(
            @Schema(description = "What was tried", example = "token")
            Name name,

            @Schema(description = "What it came to", example = "ok")
            Result result,

            @Schema(description = "A code that says why it failed; null otherwise", example = "answered-401") @Nullable String cause) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    List<Check> of(UUID id) {
        var bridge = bridges.get(id);
        var checks = new ArrayList<Check>();
        var answer = ask(bridge, checks);
        if (answer == null) {
            checks.add(new Check(Name.TOKEN, Result.UNKNOWN, null));
        } else if (answer.status() == 401 || answer.status() == 403) {
            checks.add(new Check(Name.TOKEN, Result.FAILED, "answered-" + answer.status()));
        } else {
            checks.add(new Check(Name.TOKEN, Result.OK, null));
        }
        boolean knows = answer != null && answer.status() != 401 && answer.status() != 403;
        checks.add(knows ? inbox(answer) : new Check(Name.INBOX, Result.UNKNOWN, null));
        checks.add(
                answer != null && answer.ok()
                        ? address(bridge, answer)
                        : new Check(Name.ADDRESS, Result.UNKNOWN, null));
        checks.add(signature(bridge));
        return checks;
    }

    private ChatwootApi.@Nullable Answer ask(Bridges.Bridge bridge, List<Check> checks) {
        try {
            var answer = api.get(bridges.inbox(bridge), "/inboxes/" + bridge.inboxId());
            boolean serves = answer.status() < 500;
            checks.add(new Check(
                    Name.REACHABLE, serves ? Result.OK : Result.FAILED, serves ? null : "answered-" + answer.status()));
            return serves ? answer : null;
        } catch (OutgoingHttp.Failed e) {
            checks.add(new Check(Name.REACHABLE, Result.FAILED, e.mayHaveArrived() ? "no-answer" : "unreachable"));
            return null;
        } catch (SecretVault.Unreadable e) {
            checks.add(new Check(Name.REACHABLE, Result.UNKNOWN, "credentials-unreadable"));
            return null;
        }
    }

    private static Check inbox(ChatwootApi.@Nullable Answer answer) {
        if (answer == null || !answer.ok()) {
            return new Check(Name.INBOX, Result.FAILED, answer == null ? null : "answered-" + answer.status());
        }
        return "Channel::Api".equals(ChatwootEvent.text(answer.body().path("channel_type")))
                ? new Check(Name.INBOX, Result.OK, null)
                : new Check(Name.INBOX, Result.FAILED, "not-an-api-channel");
    }

    private Check address(Bridges.Bridge bridge, ChatwootApi.Answer answer) {
        var ours = settings.webhook(CurrentOrganization.id(), bridge.id());
        if (ours.isEmpty()) {
            return new Check(Name.ADDRESS, Result.FAILED, "public-address-missing");
        }
        var theirs = ChatwootEvent.text(answer.body().path("webhook_url"));
        if (theirs == null) {
            return new Check(Name.ADDRESS, Result.FAILED, "not-set");
        }
        return theirs.equals(ours.get())
                ? new Check(Name.ADDRESS, Result.OK, null)
                : new Check(Name.ADDRESS, Result.FAILED, "another-address");
    }

    private static Check signature(Bridges.Bridge bridge) {
        var fitted = bridge.deliveredAt();
        var refused = bridge.refusedAt();
        if (refused != null && (fitted == null || refused.isAfter(fitted))) {
            return new Check(Name.SIGNATURE, Result.FAILED, "signature-refused");
        }
        return new Check(Name.SIGNATURE, fitted == null ? Result.UNKNOWN : Result.OK, null);
    }
}
