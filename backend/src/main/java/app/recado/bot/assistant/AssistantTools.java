package app.recado.bot.assistant;

import app.recado.bot.assistant.AssistantResult.Called;
import app.recado.bot.assistant.AssistantResult.End;
import app.recado.bot.assistant.AssistantResult.HandedOver;
import app.recado.bot.assistant.AssistantResult.OffTopic;
import app.recado.bot.assistant.AssistantResult.Proposed;
import app.recado.bot.flow.FlowTools.Free;
import app.recado.bot.flow.FlowTools.Service;
import app.recado.bot.flow.FlowTools.Visit;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model may call. Records are named by short references that are made for one turn and mean something only in it, so
 * that no words of a model reach anything of anybody else. A proposal ends the turn; the agenda is changed by nothing here.
 */
final class AssistantTools {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_TIMES = 12;
    private static final Set<String> CAUSES =
            Set.of("not-known", "clinical", "wants-person", "complaint", "not-possible");

    static final List<ToolSpecification> SPECIFICATIONS = List.of(
            tool(
                    "free_times",
                    "Free times of a service between two days, for a new visit or for moving one.",
                    object().addStringProperty(
                                    "service", "a service's id, for example s1; leave out when a visit is moved")
                            .addStringProperty(
                                    "visit", "the id of the visit to move, for example v1; leave out for a new one")
                            .addStringProperty("from", "first day, YYYY-MM-DD")
                            .addStringProperty("to", "last day, YYYY-MM-DD")
                            .required("from", "to")),
            tool(
                    "propose_booking",
                    "Ask the patient whether a new visit shall be booked.",
                    object().addStringProperty("service", "a service's id, for example s1")
                            .addStringProperty("start", "YYYY-MM-DDTHH:MM, one of free_times")
                            .required("service", "start")),
            tool(
                    "propose_move",
                    "Ask the patient whether a visit shall be moved to another time.",
                    object().addStringProperty("visit", "the visit's id, for example v1")
                            .addStringProperty("start", "YYYY-MM-DDTHH:MM, one of free_times")
                            .required("visit", "start")),
            tool(
                    "propose_cancel",
                    "Ask the patient whether a visit shall be cancelled.",
                    object().addStringProperty("visit", "the visit's id, for example v1")
                            .required("visit")),
            tool(
                    "propose_confirm",
                    "Ask the patient whether they come to a visit.",
                    object().addStringProperty("visit", "the visit's id, for example v1")
                            .required("visit")),
            tool(
                    "propose_waitlist",
                    "Ask the patient whether they want to be told when an hour for a service becomes free.",
                    object().addStringProperty("service", "a service's id, for example s1")
                            .required("service")),
            tool(
                    "hand_over",
                    "Leave the conversation to a person of the clinic.",
                    object().addEnumProperty("cause", CAUSES.stream().sorted().toList())
                            .required("cause")),
            tool("off_topic", "What the patient wants has nothing to do with this clinic.", object()));

    private final AssistantInput input;
    private final AssistantAgenda agenda;
    private final List<Called> called = new ArrayList<>();

    AssistantTools(AssistantInput input, AssistantAgenda agenda) {
        this.input = input;
        this.agenda = agenda;
    }

    /** What a call came to. @param end what ends the turn; null when the model goes on with the answer */
    record Outcome(String answer, @Nullable End end) {}

    List<Called> called() {
        return List.copyOf(called);
    }

    Outcome call(ToolExecutionRequest request) {
        var name = Objects.requireNonNullElse(request.name(), "");
        var arguments = arguments(request.arguments());
        if (arguments == null) {
            return refused(known(name), "arguments-unreadable");
        }
        return switch (name) {
            case "free_times" -> freeTimes(arguments);
            case "propose_booking" -> proposeBooking(arguments);
            case "propose_move" -> proposeMove(arguments);
            case "propose_cancel" -> proposeFor("propose_cancel", Proposal.Kind.CANCEL, arguments);
            case "propose_confirm" -> proposeFor("propose_confirm", Proposal.Kind.CONFIRM, arguments);
            case "propose_waitlist" -> proposeWaitlist(arguments);
            case "hand_over" -> {
                var cause = arguments.path("cause").asString("");
                yield ended("hand_over", new HandedOver(CAUSES.contains(cause) ? cause : "not-known"));
            }
            case "off_topic" -> ended("off_topic", new OffTopic());
            default -> refused("unknown", "unknown-tool");
        };
    }

    /** The log holds no words of a model. */
    private static String known(String name) {
        return SPECIFICATIONS.stream().anyMatch(one -> one.name().equals(name)) ? name : "unknown";
    }

    private Outcome freeTimes(JsonNode arguments) {
        var visit = visit(arguments);
        var service = service(arguments);
        var from = day(arguments.path("from").asString(""));
        var to = day(arguments.path("to").asString(""));
        if (from == null || to == null || to.isBefore(from)) {
            return refused("free_times", "days-unreadable");
        }
        if (visit == null && service == null) {
            return refused("free_times", "unknown-service-or-visit");
        }
        var times = free(visit, service).stream()
                .filter(time -> !local(time).toLocalDate().isBefore(from)
                        && !local(time).toLocalDate().isAfter(to))
                .toList();
        return answered("free_times", times.isEmpty() ? "none" : "found", listed(times));
    }

    private Outcome proposeBooking(JsonNode arguments) {
        var service = service(arguments);
        if (service == null) {
            return refused("propose_booking", "unknown-service");
        }
        if (!agenda.patientKnown()) {
            return ended("propose_booking", new HandedOver("patient-unknown"));
        }
        var times = agenda.free(service.id(), null);
        var time = at(arguments, times);
        return time == null
                ? notFree("propose_booking", arguments, times)
                : ended(
                        "propose_booking",
                        new Proposed(new Proposal(Proposal.Kind.BOOK, null, service.id(), service.name(), time)));
    }

    private Outcome proposeMove(JsonNode arguments) {
        var visit = visit(arguments);
        if (visit == null) {
            return refused("propose_move", "unknown-visit");
        }
        var times = agenda.free(visit.serviceId(), visit);
        var time = at(arguments, times);
        return time == null
                ? notFree("propose_move", arguments, times)
                : ended(
                        "propose_move",
                        new Proposed(new Proposal(Proposal.Kind.MOVE, visit, null, visit.serviceName(), time)));
    }

    private Outcome proposeFor(String tool, Proposal.Kind kind, JsonNode arguments) {
        var visit = visit(arguments);
        return visit == null
                ? refused(tool, "unknown-visit")
                : ended(tool, new Proposed(new Proposal(kind, visit, null, visit.serviceName(), null)));
    }

    private Outcome proposeWaitlist(JsonNode arguments) {
        var service = service(arguments);
        if (service == null) {
            return refused("propose_waitlist", "unknown-service");
        }
        return ended(
                "propose_waitlist",
                agenda.patientKnown()
                        ? new Proposed(new Proposal(Proposal.Kind.WAIT, null, service.id(), service.name(), null))
                        : new HandedOver("patient-unknown"));
    }

    private List<Free> free(@Nullable Visit visit, @Nullable Service service) {
        return visit != null
                ? agenda.free(visit.serviceId(), visit)
                : agenda.free(Objects.requireNonNull(service).id(), null);
    }

    /** The visit by its reference in this turn, as it is now; null for anything else. */
    private @Nullable Visit visit(JsonNode arguments) {
        int number = number("v", arguments.path("visit").asString(""));
        if (number < 1 || number > input.visits().size()) {
            return null;
        }
        var meant = input.visits().get(number - 1);
        return agenda.visits().stream()
                .filter(visit -> visit.id().equals(meant.id()) && visit.version() == meant.version())
                .findFirst()
                .orElse(null);
    }

    private @Nullable Service service(JsonNode arguments) {
        int number = number("s", arguments.path("service").asString(""));
        return number < 1 || number > input.services().size()
                ? null
                : input.services().get(number - 1);
    }

    private static int number(String prefix, String reference) {
        return reference.matches(prefix + "\\d{1,3}") ? Integer.parseInt(reference.substring(1)) : 0;
    }

    private static @Nullable Free at(JsonNode arguments, List<Free> times) {
        try {
            var wanted = LocalDateTime.parse(arguments.path("start").asString(""));
            return times.stream()
                    .filter(time -> local(time).equals(wanted))
                    .findFirst()
                    .orElse(null);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Outcome notFree(String tool, JsonNode arguments, List<Free> times) {
        var wanted = day(arguments.path("start").asString("").split("T", 2)[0]);
        var near = wanted == null
                ? times
                : times.stream()
                        .sorted(Comparator.comparingLong(
                                time -> Math.abs(local(time).toLocalDate().toEpochDay() - wanted.toEpochDay())))
                        .limit(MOST_TIMES)
                        .sorted(Comparator.comparing(Free::start))
                        .toList();
        return answered(tool, "not-free", "{\"error\":\"not-free\",\"nearest\":" + listed(near) + "}");
    }

    private static String listed(List<Free> times) {
        var all = new ArrayList<Map<String, String>>();
        for (var time : times.stream().limit(MOST_TIMES).toList()) {
            var one = new LinkedHashMap<String, String>();
            one.put("start", local(time).toString());
            one.put("weekday", AssistantPrompt.weekday(time.start().atZone(time.zone())));
            one.put("with", time.practitionerName());
            all.add(one);
        }
        return JSON.writeValueAsString(all);
    }

    private static LocalDateTime local(Free time) {
        return time.start().atZone(time.zone()).toLocalDateTime();
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static @Nullable JsonNode arguments(@Nullable String json) {
        try {
            var tree = JSON.readTree(json == null || json.isBlank() ? "{}" : json);
            return tree.isObject() ? tree : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private Outcome answered(String tool, String outcome, String answer) {
        called.add(new Called(tool, outcome));
        return new Outcome(answer, null);
    }

    private Outcome refused(String tool, String code) {
        return answered(tool, code, "{\"error\":\"" + code + "\"}");
    }

    private Outcome ended(String tool, End end) {
        called.add(new Called(tool, "taken"));
        return new Outcome("", end);
    }

    private static JsonObjectSchema.Builder object() {
        return JsonObjectSchema.builder();
    }

    private static ToolSpecification tool(String name, String description, JsonObjectSchema.Builder parameters) {
        return ToolSpecification.builder()
                .name(name)
                .description(description)
                .parameters(parameters.build())
                .build();
    }
}
