package app.recado.kernel.idempotency;

import app.recado.kernel.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Answers kept for repetition, fenced per organization like the patient data they may hold; kept for 24 hours. */
@Repository
class StoredAnswers {

    static final Duration KEPT = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    StoredAnswers(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    record Scope(UUID organizationId, String subject, String route, String key) {}

    record Kept(
            String requestHash,
            int status,
            @Nullable String location,
            @Nullable String etag,
            @Nullable String body) {

        ResponseEntity<?> replay() {
            var headers = new HttpHeaders();
            headers.set("Idempotency-Replayed", "true");
            if (location != null) {
                headers.set(HttpHeaders.LOCATION, location);
            }
            if (etag != null) {
                headers.setETag(etag);
            }
            if (body != null) {
                headers.setContentType(MediaType.APPLICATION_JSON);
            }
            return ResponseEntity.status(status).headers(headers).body(body == null ? null : new RawJson(body));
        }
    }

    /** Waits for nobody: false when another transaction works on the same key. */
    boolean lock(long number) {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(number)
                .query(Boolean.class)
                .single();
    }

    Optional<Kept> find(Scope scope) {
        return jdbc.sql("""
                        select request_hash, status, location, etag, body
                          from stored_answer
                         where organization_id = ? and subject = ? and route = ? and key = ? and created_at > ?
                        """)
                .params(scope.organizationId(), scope.subject(), scope.route(), scope.key(), now().minus(KEPT))
                .query((row, n) -> new Kept(
                        row.getString("request_hash"),
                        row.getInt("status"),
                        row.getString("location"),
                        row.getString("etag"),
                        row.getString("body")))
                .optional();
    }

    void keep(Scope scope, String requestHash, ResponseEntity<?> answer) {
        var body = answer.getBody();
        var location = answer.getHeaders().getLocation();
        jdbc.sql("""
                insert into stored_answer (organization_id, subject, route, key, request_hash, status, location, etag, body, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (organization_id, subject, route, key) do update
                   set request_hash = excluded.request_hash, status = excluded.status, location = excluded.location,
                       etag = excluded.etag, body = excluded.body, created_at = excluded.created_at
                """)
                .param(scope.organizationId())
                .param(scope.subject())
                .param(scope.route())
                .param(scope.key())
                .param(requestHash)
                .param(answer.getStatusCode().value())
                .param(location == null ? null : location.toString())
                .param(body instanceof Versioned versioned ? "\"v" + versioned.version() + "\"" : null)
                .param(body == null ? null : json.writeValueAsString(body))
                .param(now())
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
