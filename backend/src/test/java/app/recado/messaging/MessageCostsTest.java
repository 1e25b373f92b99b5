package app.recado.messaging;

import static app.recado.testing.LoopClinic.at;
import static app.recado.testing.LoopClinic.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.recado.engines.CloudApiLine;
import app.recado.testing.Clinics;
import app.recado.testing.LoopClinic;
import app.recado.testing.RecadoTest;
import app.recado.testing.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What messages cost: the category is the provider's word, the price the platform's of that day, the budget the clinic's. */
@RecadoTest
class MessageCostsTest {

    private static final String PRICES = "/api/v1/platform/message-prices";

    /** On {@code delivered} the stand-in platform says 23 November 2026. */
    private static final String MONTH = "2026-11";

    @Autowired
    Clinics clinics;

    @Autowired
    SettableClock clock;

    @Autowired
    OutboxWorker outbox;

    @Autowired
    MeterRegistry metrics;

    @BeforeEach
    void monday() {
        clock.set(at("2026-11-17T12:00:00Z"));
    }

    private static Map<String, Object> price(String market, String category, String from, double price) {
        return Map.of("market", market, "category", category, "validFrom", from, "currency", "USD", "price", price);
    }

    private void writes(List<Map<String, Object>> prices) {
        var answer = clinics.platformAdmin().post(PRICES, Map.of("items", prices));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private static Map<String, Object> pricing(String category, boolean billable) {
        return Map.of("pricing", Map.of("billable", billable, "pricing_model", "PMP", "category", category));
    }

    private LoopClinic on(CloudApiLine line) {
        return LoopClinic.on(line.clinic, line.line, clinics, clock, outbox);
    }

    /** A visit whose confirmation left. */
    private UUID told(LoopClinic loop, String phone, String start) {
        var visit = loop.books(loop.patient("Ana", phone), start).id();
        loop.turn();
        return visit;
    }

    private static JsonNode consumption(CloudApiLine line) {
        return line.clinic.owner().get("/message-consumption").json();
    }

    @Test
    void a_delivered_message_costs_what_its_category_cost_that_day_and_is_charged_once() {
        writes(List.of(
                price("AR", "utility", "2026-10-01", 0.02),
                price("AR", "utility", "2026-11-01", 0.5),
                price("AR", "utility", "2026-12-01", 0.03)));
        writes(List.of(price("AR", "utility", "2026-11-01", 0.026)));
        double before = metrics.counter("recado.messages.cost", "category", "utility", "currency", "USD")
                .count();
        var line = CloudApiLine.linked(clinics);
        var visit = told(on(line), "+5491123456789", "2026-11-25T13:00:00Z");
        line.status(line.wamid(1), "sent", pricing("utility", true));
        assertThat(consumption(line).at("/months").isEmpty())
                .as("what is only sent is not billed")
                .isTrue();
        line.status(line.wamid(1), "delivered", pricing("utility", true));
        line.status(line.wamid(1), "read", pricing("utility", true));

        var month = consumption(line).at("/months/0");
        assertThat(month.at("/month").asString()).isEqualTo(MONTH);
        assertThat(month.at("/totals/0/amount").asDouble()).isEqualTo(0.026);
        assertThat(month.at("/rows")).hasSize(1);
        assertThat(month.at("/rows/0/category").asString()).isEqualTo("utility");
        assertThat(month.at("/rows/0/messages").asInt()).isEqualTo(1);
        assertThat(month.at("/rows/0/lineId").asString()).isEqualTo(line.line.toString());
        assertThat(on(line).message(visit, "confirmation").path("state").asString())
                .isEqualTo("read");
        assertThat(metrics.counter("recado.messages.cost", "category", "utility", "currency", "USD")
                                .count()
                        - before)
                .isCloseTo(0.026, within(1e-9));
        assertThat(clinics.platformAdmin()
                        .get(PRICES)
                        .json()
                        .at("/items")
                        .valueStream()
                        .filter(one -> one.at("/market").asString().equals("AR")
                                && one.at("/category").asString().equals("utility"))
                        .map(one -> one.at("/validFrom").asString()))
                .containsExactly("2026-12-01", "2026-11-01", "2026-10-01");
    }

    @Test
    void what_is_free_costs_nothing_and_what_has_no_price_is_said_to_have_none() {
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        assertThat(told(loop, "+5491123456789", "2026-11-25T13:00:00Z"))
                .isNotEqualTo(told(loop, "+59899123456", "2026-11-25T14:00:00Z"));
        line.status(line.wamid(1), "delivered", pricing("service", false));
        line.status(line.wamid(2), "delivered", pricing("service", true));

        var month = consumption(line).at("/months/0");
        assertThat(month.at("/totals").isEmpty()).isTrue();
        assertThat(month.at("/rows")).hasSize(1);
        assertThat(month.at("/rows/0/messages").asInt()).isEqualTo(2);
        assertThat(month.at("/rows/0/unpriced").asInt()).isEqualTo(1);
        assertThat(month.at("/rows/0/cost").isNull()).isTrue();
    }

    @Test
    void a_budget_that_is_used_up_stops_a_recall_and_never_a_reminder() {
        writes(List.of(price("CO", "utility", "2026-10-01", 0.02)));
        var line = CloudApiLine.linked(clinics);
        var owner = line.clinic.owner();
        var loop = on(line);
        var ofService = Map.of("healthcareServiceIds", List.of(loop.service));
        assertThat(created(owner.post(
                        "/notification-rules",
                        Map.of("trigger", "recall", "daysAfter", 5, "time", "11:00", "conditions", ofService))))
                .isNotNull();
        var seen = loop.books(loop.patient("Ana", "+573001234567"), "2026-11-18T13:00:00Z")
                .id();
        loop.turn();
        line.status(line.wamid(1), "delivered", pricing("utility", true));
        clock.set(at("2026-11-18T13:00:00Z"));
        loop.act(seen, "arrive", Map.of());
        loop.act(seen, "check-in", Map.of());
        clock.set(at("2026-11-18T13:25:00Z"));
        loop.act(seen, "fulfill", Map.of());
        var next = loop.books(loop.patient("Beto", "+573001234568"), "2026-11-24T14:00:00Z")
                .id();
        loop.turn();

        var budget = owner.get("/message-budget");
        assertThat(budget.json().at("/spent").asDouble()).isEqualTo(0.02);
        assertThat(budget.json().at("/reached").asBoolean()).as("no limit").isFalse();
        var limited = owner.ifMatch(budget.etag()).put("/message-budget", Map.of("monthly", 0.02, "currency", "USD"));
        assertThat(limited.json().at("/reached").asBoolean()).as(limited.text()).isTrue();
        clock.set(at("2026-11-23T14:01:00Z"));
        loop.turn();
        assertThat(loop.message(seen, "recall").path("reason").asString()).isEqualTo("budget-reached");
        assertThat(loop.messages(next))
                .as("care goes on")
                .anyMatch(message -> message.path("kind").asString().equals("reminder")
                        && message.path("state").asString().equals("sent"));

        assertThat(owner.ifMatch(limited.etag())
                        .put("/message-budget", Map.of("monthly", 5, "currency", "USD"))
                        .json()
                        .at("/reached")
                        .asBoolean())
                .isFalse();
        clock.set(at("2026-11-23T15:02:00Z"));
        loop.turn();
        assertThat(loop.message(seen, "recall").path("state").asString()).isEqualTo("sent");
    }

    @Test
    void a_rule_says_beforehand_what_it_would_cost_and_a_linked_phone_costs_nothing() {
        writes(List.of(price("PE", "utility", "2026-10-01", 0.01)));
        var line = CloudApiLine.linked(clinics);
        var loop = on(line);
        loop.books(loop.patient("Ana", "+51912345678"), "2026-11-25T13:00:00Z");
        loop.books(loop.patient("Beto", "+59899123456"), "2026-11-25T14:00:00Z");
        var cost = costOfReminder(line.clinic);
        assertThat(cost.at("/charged").asBoolean()).isTrue();
        assertThat(cost.at("/messages").asInt()).isEqualTo(2);
        assertThat(cost.at("/unpriced").asInt()).isEqualTo(1);
        assertThat(cost.at("/amounts/0/amount").asDouble()).isEqualTo(0.01);

        var phone = LoopClinic.open(clinics, clock, outbox);
        phone.books(phone.patient("Ana", "+51912345678"), "2026-11-25T13:00:00Z");
        var free = costOfReminder(phone.clinic);
        assertThat(free.at("/charged").asBoolean()).isFalse();
        assertThat(free.at("/messages").asInt()).isEqualTo(1);
        assertThat(free.at("/amounts").isEmpty()).isTrue();
    }

    private static JsonNode costOfReminder(Clinics.Clinic clinic) {
        var rule = clinic.owner()
                .get("/notification-rules")
                .json()
                .at("/items")
                .valueStream()
                .filter(one -> one.at("/trigger").asString().equals("before-visit"))
                .findFirst()
                .orElseThrow();
        return clinic.owner()
                .get("/notification-rules/%s/cost".formatted(rule.at("/id").asString()))
                .json();
    }

    @Test
    void only_the_platform_writes_prices_and_only_owners_see_costs() {
        var clinic = clinics.open();
        assertThat(clinic.receptionist().get("/message-consumption").status()).isEqualTo(403);
        assertThat(clinic.receptionist().get("/message-budget").status()).isEqualTo(403);
        var wrong = clinics.platformAdmin()
                .post(PRICES, Map.of("items", List.of(price("Argentina", "utility", "2026-10-01", 0.02))));
        assertThat(wrong.code()).isEqualTo("invalid-fields");
        var broken = clinics.platformAdmin()
                .post(PRICES, Map.of("items", List.of(price("AR", "utility", "2026-10-01", 0.00000001))));
        assertThat(broken.code()).isEqualTo("invalid-fields");
    }
}
