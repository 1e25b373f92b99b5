package app.recado.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The check that all other web tests rely on finds what an answer must not be. */
class ContractCheckTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String HEALTH = "{\"status\": \"ok\", \"service\": \"recado\"}";

    @Test
    void an_answer_that_the_document_describes_passes() {
        assertThatCode(() -> check(200, HEALTH)).doesNotThrowAnyException();
    }

    @Test
    void a_field_that_is_missing_unknown_or_of_another_type_is_found() {
        assertThatThrownBy(() -> check(200, "{\"status\": \"ok\"}")).hasMessageContaining("service");
        assertThatThrownBy(() -> check(200, HEALTH.replace("}", ", \"colour\": 1}")))
                .hasMessageContaining("colour");
        assertThatThrownBy(() -> check(200, HEALTH.replace("\"recado\"", "7"))).hasMessageContaining("integer found");
        assertThatThrownBy(() -> check(200, HEALTH.replace("ok", "fine"))).hasMessageContaining("enumeration");
    }

    @Test
    void a_status_and_a_problem_that_the_operation_does_not_name_are_found() {
        assertThatThrownBy(() -> check(201, HEALTH)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(409, """
                {"type": "about:blank", "title": "Taken", "status": 409, "code": "slot-taken", "traceId": "1"}""")).hasMessageContaining("slot-taken");
    }

    @Test
    void an_etag_that_the_document_does_not_tell_of_is_found() {
        assertThatThrownBy(() -> check(200, HEALTH, Map.of("ETag", List.of("\"v1\""))))
                .hasMessageContaining("ETag");
    }

    private static void check(int status, String body) {
        check(status, body, Map.of());
    }

    private static void check(int status, String body, Map<String, List<String>> more) {
        var headers = new HashMap<>(more);
        headers.put("Content-Type", List.of(status < 400 ? "application/json" : "application/problem+json"));
        ContractCheck.check(
                "GET",
                URI.create("http://localhost/api/health"),
                new Api.Answer(status, headers, body, JSON.readTree(body)));
    }
}
