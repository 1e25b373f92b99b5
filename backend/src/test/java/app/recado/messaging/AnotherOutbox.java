package app.recado.messaging;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.live.DatabaseNotifications;
import app.recado.patients.PatientContacts;
import app.recado.templates.MessageTemplates;
import app.recado.whatsapp.EarlyStatuses;
import app.recado.whatsapp.LineEngine;
import app.recado.whatsapp.WaitingMessages;
import app.recado.whatsapp.WhatsAppLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Another process of the backend, as far as the outbox is concerned: imported by tests that need one. */
public final class AnotherOutbox {

    private final OutboxAcrossClinics clinics;
    private final Messages messages;
    private final OutboxQueries queries;
    private final MessageStatusMerger merger;
    private final Eligibility eligibility;
    private final ManualMessages manual;
    private final MessageTemplates templates;
    private final WhatsAppLines lines;
    private final PatientContacts contacts;
    private final LineEngine engine;
    private final EarlyStatuses early;
    private final DatabaseNotifications notifications;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final WaitingMessages waiting;
    private final DailyAllowance allowance;

    AnotherOutbox(
            OutboxAcrossClinics clinics,
            Messages messages,
            OutboxQueries queries,
            MessageStatusMerger merger,
            Eligibility eligibility,
            ManualMessages manual,
            MessageTemplates templates,
            WhatsAppLines lines,
            PatientContacts contacts,
            LineEngine engine,
            EarlyStatuses early,
            DatabaseNotifications notifications,
            TransactionTemplate transaction,
            Clock clock,
            WaitingMessages waiting,
            DailyAllowance allowance) {
        this.clinics = clinics;
        this.messages = messages;
        this.queries = queries;
        this.merger = merger;
        this.eligibility = eligibility;
        this.manual = manual;
        this.templates = templates;
        this.lines = lines;
        this.contacts = contacts;
        this.engine = engine;
        this.early = early;
        this.notifications = notifications;
        this.transaction = transaction;
        this.clock = clock;
        this.waiting = waiting;
        this.allowance = allowance;
    }

    /** A process whose loop runs until it is closed; closing waits for calls under way. */
    public record Running(OutboxWorker worker) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            worker.stop();
        }
    }

    /** Starts one that works by itself and calls whatever the lines' engines are. */
    public Running start() {
        return start(engine);
    }

    /** Starts one that works by itself and calls that engine. */
    public Running start(LineEngine called) {
        var worker = worker(settings(true, 100, 3, null), called);
        worker.start();
        return new Running(worker);
    }

    /** One that is turned by hand and takes so many conversations of a clinic at a time. */
    public OutboxWorker byHand(int batch) {
        return worker(settings(false, batch, 3, null), engine);
    }

    /** Starts one that serves requests and leaves sending to others, after a restore that ended then. */
    public void startAfterRestore(Instant restoredAt) {
        worker(settings(false, 100, 3, restoredAt), engine).start();
    }

    /** What a worker and the monitors ask of the database, for measuring. */
    public Map<String, Runnable> questions(UUID organization) {
        var questions = new LinkedHashMap<String, Runnable>();
        questions.put("make ready", clinics::promote);
        questions.put("clinics with something ready", clinics::ready);
        questions.put("backlog", clinics::backlog);
        questions.put("lines' next", clinics::next);
        questions.put(
                "next conversations of a clinic (with its transaction)",
                () -> CurrentOrganization.run(
                        organization,
                        () -> transaction.executeWithoutResult(status -> queries.heads(100, List.of(), false))));
        questions.put(
                "waiting for a line (with its transaction)",
                () -> CurrentOrganization.run(
                        organization, () -> transaction.executeWithoutResult(status -> waiting.count())));
        return questions;
    }

    static MessagingSettings settings(boolean works, int batch, int pollSeconds, @Nullable Instant restoredAt) {
        return new MessagingSettings(
                works, Duration.ofSeconds(pollSeconds), 4, batch, 256, 32, Duration.ofSeconds(90), 10, restoredAt);
    }

    OutboxWorker worker(MessagingSettings settings, LineEngine called) {
        var slots = new CallSlots(settings, clock);
        return new OutboxWorker(
                clinics,
                new MessageClaims(
                        messages,
                        queries,
                        merger,
                        eligibility,
                        manual,
                        templates,
                        lines,
                        contacts,
                        slots,
                        allowance,
                        settings,
                        transaction),
                new EngineCalls(messages, merger, called, early, slots, settings, transaction),
                new RestoreHold(settings, clinics, messages, transaction),
                settings,
                notifications,
                new SimpleMeterRegistry(),
                clock);
    }
}
