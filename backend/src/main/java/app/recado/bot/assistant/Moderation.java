package app.recado.bot.assistant;

import app.recado.bot.assistant.MessageScreen.Finding;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server's own model for it says of a message, in the wire format of OpenAI's moderations. Asked after the rules and
 * never instead of them; where it does not answer the turn goes on as if nobody had asked.
 */
public final class Moderation {

    /** As it is logged among what a turn called. */
    public static final String NAME = "moderation";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What is said to somebody else. Violence without it is told of: whoever writes of wounds may be hurt. */
    private static final Set<String> AGAINST_PEOPLE = Set.of("harassment", "hate", "illicit", "sexual");

    private final ModelHttp http;
    private final String url;
    private final String model;
    private final String apiKey;

    /** @param http with a deadline of its own: a patient waits meanwhile
     * @param baseUrl of the server, up to its version
     * @param model which of its models judges */
    public Moderation(ModelHttp http, String baseUrl, String model, String apiKey) {
        this.http = http;
        this.url = baseUrl + "/moderations";
        this.model = model;
        this.apiKey = apiKey;
    }

    /**
     * What came of asking.
     *
     * @param finding {@code EMERGENCY}, {@code ABUSE} or {@code NOTHING}
     * @param outcome {@code passed}, {@code flagged} or {@code failed}
     */
    public record Judged(Finding finding, String outcome) {
        static final Judged PASSED = new Judged(Finding.NOTHING, "passed");
        static final Judged FAILED = new Judged(Finding.NOTHING, "failed");
    }

    /** Never throws for what its server does. */
    public Judged judge(String message) {
        try {
            var answer = http.execute(HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url(url)
                    .addHeader("Authorization", "Bearer " + apiKey)
                    .addHeader("Content-Type", "application/json")
                    .body(JSON.writeValueAsString(Map.of("model", model, "input", message)))
                    .build());
            return read(JSON.readTree(answer.body()).path("results"));
        } catch (HttpException | ModelHttp.Unreachable | JacksonException e) {
            return Judged.FAILED;
        }
    }

    private static Judged read(JsonNode results) {
        if (results.isEmpty() || !results.path(0).path("flagged").isBoolean()) {
            return Judged.FAILED;
        }
        var flagged = results.valueStream()
                .filter(one -> one.path("flagged").asBoolean(false))
                .toList();
        if (flagged.isEmpty()) {
            return Judged.PASSED;
        }
        var categories = flagged.stream()
                .flatMap(one -> one.path("categories").propertyStream())
                .filter(category -> category.getValue().asBoolean(false))
                .map(category -> category.getKey().split("/", 2)[0])
                .collect(Collectors.toSet());
        boolean hurt = categories.contains("self-harm")
                || categories.contains("violence") && AGAINST_PEOPLE.stream().noneMatch(categories::contains);
        return new Judged(hurt ? Finding.EMERGENCY : Finding.ABUSE, "flagged");
    }
}
