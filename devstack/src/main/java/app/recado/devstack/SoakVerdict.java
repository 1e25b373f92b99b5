package app.recado.devstack;

import app.recado.devstack.SoakVisits.Visit;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of everything: counted at the phones and in the API, never in a log. */
final class SoakVerdict {
    /** Of what was sent; more is a fault, a few are the price of never sending twice. */
    private static final double MOST_UNKNOWN = 0.02;

    private static final int ENOUGH = 200;

    private final Map<String, List<JsonNode>> confirmations = new HashMap<>();
    private final Map<String, JsonNode> messages = new HashMap<>();
    private final Map<String, List<JsonNode>> inbox = new HashMap<>();
    private final Map<String, Integer> kept = new HashMap<>();
    private final Map<String, String> participation = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Integer> unknownBecause = new TreeMap<>();
    private int booked;
    private int received;
    private int unknown;
    private int unknownThatArrived;
    private int failed;
    private int answered;
    private int thanked;

    /**
     * @param messages as the API lists them
     * @param inbox what the phones show
     * @param inbound answers as the API lists them
     * @param appointments as the API shows them
     */
    SoakVerdict(List<JsonNode> messages, List<JsonNode> inbox, List<JsonNode> inbound, List<JsonNode> appointments) {
        for (var message : messages) {
            this.messages.put(text(message, "id"), message);
            if (text(message, "kind").equals("confirmation")) {
                confirmations
                        .computeIfAbsent(text(message, "appointmentId"), id -> new ArrayList<>())
                        .add(message);
            }
        }
        inbox.forEach(item -> this.inbox
                .computeIfAbsent(text(item, "to"), phone -> new ArrayList<>())
                .add(item));
        inbound.forEach(item -> kept.merge(text(item, "phone"), 1, Integer::sum));
        appointments.forEach(one -> participation.put(text(one, "id"), text(one, "participation")));
    }

    /** Whether nothing is on its way any more. */
    boolean settled(List<Visit> visits) {
        return visits.stream()
                .filter(visit -> visit.appointment != null)
                .allMatch(visit -> confirmationsOf(visit).size() == 1
                        && confirmationsOf(visit).stream().allMatch(SoakVerdict::isSettled)
                        && (visit.thanks == null || isSettled(messages.get(visit.thanks)))
                        && (!visit.answered || hasAnswer(visit)));
    }

    void judge(List<Visit> visits) {
        for (var visit : visits) {
            if (visit.appointment == null) {
                continue;
            }
            booked++;
            var found = confirmationsOf(visit);
            if (found.size() != 1) {
                complain(visit, found.size() + " confirmations for one visit");
                continue;
            }
            var expected = new ArrayList<>(found);
            if (visit.thanks != null) {
                thanked++;
                var thanks = messages.get(visit.thanks);
                if (thanks == null) {
                    complain(visit, "a message that was accepted is not listed");
                } else {
                    expected.add(thanks);
                }
            }
            judgePhone(visit, expected);
            if (visit.answered) {
                answered++;
                if (!hasAnswer(visit)) {
                    complain(visit, "the answer did not reach the agenda");
                }
            }
            int times = kept.getOrDefault(visit.phone, 0);
            if (times != (visit.answered ? 1 : 0)) {
                complain(visit, "%d answers sent, %d kept".formatted(visit.answered ? 1 : 0, times));
            }
        }
        if (sent() >= ENOUGH && unknown > sent() * MOST_UNKNOWN) {
            complaints.add("%d of %d messages are unknown".formatted(unknown, sent()));
        }
    }

    private void judgePhone(Visit visit, List<JsonNode> expected) {
        var shown = inbox.getOrDefault(visit.phone, List.of());
        received += shown.size();
        shown.stream()
                .filter(item -> item.path("deliveries").asInt(1) != 1)
                .forEach(item -> complain(visit, "a message was opened more than once"));
        long uncertain = count(expected, "unknown");
        long gone = count(expected, "failed");
        long reached = expected.size() - uncertain - gone;
        unknown += (int) uncertain;
        expected.stream()
                .filter(message -> text(message, "state").equals("unknown"))
                .forEach(message -> unknownBecause.merge(text(message, "reason"), 1, Integer::sum));
        failed += (int) gone;
        expected.stream()
                .filter(message -> !isSettled(message))
                .forEach(message -> complain(visit, "a message is still " + text(message, "state")));
        if (shown.size() < reached) {
            complain(visit, "%d messages are said to have reached the phone, %d did".formatted(reached, shown.size()));
        }
        if (shown.size() > reached + uncertain) {
            complain(visit, "%d messages on the phone, %d were sent".formatted(shown.size(), reached + uncertain));
        }
        unknownThatArrived += (int) Math.max(0, Math.min(uncertain, shown.size() - reached));
    }

    /** @return the exit code: 0 when nothing was lost and nothing came twice */
    int report(PrintStream out) {
        out.printf(
                "%d visits booked, %d messages sent (%d by staff), %d on patients' phones, %d unknown (%d of them arrived),"
                        + " %d failed, %d answers%n",
                booked, sent(), thanked, received, unknown, unknownThatArrived, failed, answered);
        unknownBecause.forEach((reason, count) -> out.printf("  unknown because of %s: %d%n", reason, count));
        complaints.forEach(complaint -> out.println("  " + complaint));
        out.println(complaints.isEmpty() ? "Nothing lost, nothing twice." : complaints.size() + " complaints.");
        return complaints.isEmpty() ? 0 : 1;
    }

    List<String> complaints() {
        return complaints;
    }

    private int sent() {
        return booked + thanked;
    }

    private List<JsonNode> confirmationsOf(Visit visit) {
        return confirmations.getOrDefault(String.valueOf(visit.appointment), List.of());
    }

    private boolean hasAnswer(Visit visit) {
        return "accepted".equals(participation.get(String.valueOf(visit.appointment)));
    }

    private void complain(Visit visit, String what) {
        complaints.add(visit.phone + ": " + what);
    }

    private static long count(List<JsonNode> messages, String state) {
        return messages.stream()
                .filter(message -> text(message, "state").equals(state))
                .count();
    }

    private static boolean isSettled(@Nullable JsonNode message) {
        return message != null && CrashClinic.SETTLED.contains(text(message, "state"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
