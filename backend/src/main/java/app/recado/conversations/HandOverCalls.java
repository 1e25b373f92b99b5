package app.recado.conversations;

import app.recado.kernel.ProblemException;
import app.recado.kernel.jobs.JobFailed;
import app.recado.kernel.jobs.JobId;
import app.recado.kernel.jobs.JobResult;
import app.recado.kernel.mail.Mailer;
import app.recado.organizations.OrganizationOwners;
import app.recado.organizations.OrganizationProfiles;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls the people of a clinic by e-mail when a conversation asks for a person, and the owners when nobody came. */
@Component
class HandOverCalls {

    /** Why people are called. */
    enum Reason {
        ASKED,
        NOBODY_CAME,
        RUNS_OUT,
        TICKET
    }

    private final HandOvers handOvers;
    private final HandOverSettings settings;
    private final OrganizationOwners owners;
    private final OrganizationProfiles organizations;
    private final Mailer mailer;
    private final TransactionTemplate transaction;

    HandOverCalls(
            HandOvers handOvers,
            HandOverSettings settings,
            OrganizationOwners owners,
            OrganizationProfiles organizations,
            Mailer mailer,
            TransactionTemplate transaction) {
        this.handOvers = handOvers;
        this.settings = settings;
        this.owners = owners;
        this.organizations = organizations;
        this.mailer = mailer;
        this.transaction = transaction;
    }

    /** Calls whom the clinic chose, unless somebody came already. */
    JobResult notice(JobId job) {
        var waiting = handOvers.waiting(job.id());
        if (waiting.isPresent()) {
            var chosen = settings.current().emails();
            handOvers.tellPhones(job.id());
            call(waiting.get().conversationId(), chosen.isEmpty() ? addresses() : chosen, Reason.ASKED);
        }
        return JobResult.done();
    }

    /** Tells the patient that nobody came in time, and the owners where the mail server takes it: each once. */
    JobResult timeout(JobId job) {
        var conversation = handOvers.waiting(job.id()).map(HandOvers.Waiting::conversationId);
        if (handOvers.timedOut(job.id()) && conversation.isPresent()) {
            call(conversation.get(), addresses(), Reason.NOBODY_CAME);
        }
        return JobResult.done();
    }

    /** Calls whom the clinic chose because somebody is soon to be answered, by the clinic's own measure. */
    void runsOut(UUID conversationId) {
        var chosen = settings.current().emails();
        call(conversationId, chosen.isEmpty() ? addresses() : chosen, Reason.RUNS_OUT);
    }

    /** Calls whom the clinic chose because a message opened a ticket. */
    void ticketOpened(UUID conversationId) {
        var chosen = settings.current().emails();
        call(conversationId, chosen.isEmpty() ? addresses() : chosen, Reason.TICKET);
    }

    private List<String> addresses() {
        if (!mailer.configured()) {
            return List.of();
        }
        try {
            return owners.owners().stream().map(OrganizationOwners.Owner::email).toList();
        } catch (ProblemException unknown) {
            throw new JobFailed("owners-not-known");
        }
    }

    private void call(UUID conversationId, List<String> addresses, Reason reason) {
        if (!mailer.configured()) {
            return;
        }
        var clinic = Objects.requireNonNull(transaction.execute(status -> organizations.current()));
        var mail = HandOverTexts.call(clinic, conversationId, reason, owners.consoleAddress());
        boolean everybody = true;
        for (var address : addresses) {
            everybody &= mailer.send(address, mail.subject(), mail.text());
        }
        if (!everybody && (reason == Reason.ASKED || reason == Reason.TICKET)) {
            throw new JobFailed("people-not-called");
        }
    }
}
