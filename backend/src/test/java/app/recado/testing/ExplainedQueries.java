package app.recado.testing;

import app.recado.devstack.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For contexts on a {@link RecadoTestDatabase}: lets PostgreSQL write down, for each statement of the serving roles, the plan it ran and the rows each step read. */
@Order(Ordered.LOWEST_PRECEDENCE)
public class ExplainedQueries implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var database = context.getBeanFactory().getBean(PostgresServer.Database.class);
        try (var connection = database.connectAsSuperuser();
                var statement = connection.createStatement()) {
            for (var role : List.of("recado_app", "recado_worker")) {
                for (var setting : List.of(
                        "session_preload_libraries = 'auto_explain'",
                        "auto_explain.log_min_duration = 0",
                        "auto_explain.log_analyze = on",
                        "auto_explain.log_timing = off",
                        "auto_explain.log_format = 'json'")) {
                    statement.execute("alter role %s in database %s set %s".formatted(role, database.name(), setting));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Plans cannot be explained", e);
        }
        context.getBeanFactory().registerSingleton("explainedQueries", new Log());
    }

    /** A statement and the steps of its plan. */
    public record Plan(String sql, List<Step> steps) {
        @Override
        public String toString() {
            return sql.replaceAll("\\s+", " ");
        }
    }

    /**
     * A step of a plan.
     *
     * @param kind as EXPLAIN names it
     * @param table what it reads; empty for steps that read other steps
     * @param rowsRead over all its turns, those it threw away included; for a sort, those it sorted
     */
    public record Step(String kind, String table, long rowsRead) {}

    /** What was explained since it was last told to forget. */
    public static final class Log {

        private static final String PLAN = "  plan:\n";

        private long from;

        public void forget() {
            from = size();
        }

        public List<Plan> plans() {
            try (var file = Files.newByteChannel(PostgresServer.shared().log())) {
                file.position(from);
                var text = new String(
                        java.nio.channels.Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
                var plans = new ArrayList<Plan>();
                for (int at = text.indexOf(PLAN); at >= 0; at = text.indexOf(PLAN, at + 1)) {
                    int begin = at + PLAN.length();
                    int end = text.indexOf("\n\t}\n", begin);
                    if (end > 0) {
                        plans.add(plan(JsonMapper.shared().readTree(text.substring(begin, end + 3))));
                    }
                }
                return plans;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long size() {
            try {
                return Files.size(PostgresServer.shared().log());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Plan plan(JsonNode explained) {
            return new Plan(
                    explained.path("Query Text").asString(),
                    steps(explained.path("Plan")).toList());
        }

        private static Stream<Step> steps(JsonNode node) {
            var under = node.path("Plans").valueStream().toList();
            double loops = node.path("Actual Loops").asDouble(1);
            double own = node.path("Actual Rows").asDouble(0)
                    + node.path("Rows Removed by Filter").asDouble(0)
                    + node.path("Rows Removed by Index Recheck").asDouble(0)
                    + node.path("Rows Removed by Join Filter").asDouble(0);
            double sorted = under.stream()
                    .mapToDouble(each -> each.path("Actual Rows").asDouble(0)
                            * each.path("Actual Loops").asDouble(1))
                    .sum();
            boolean gathers = node.path("Node Type").asString().contains("Sort");
            var step = new Step(
                    node.path("Node Type").asString(),
                    node.path("Relation Name").asString(""),
                    Math.round(gathers ? sorted : own * loops));
            return Stream.concat(Stream.of(step), under.stream().flatMap(Log::steps));
        }
    }
}
