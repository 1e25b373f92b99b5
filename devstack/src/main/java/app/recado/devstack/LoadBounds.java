package app.recado.devstack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many connections to PostgreSQL docs/scale.md promises at most, whatever the load.
 *
 * @param most by role
 */
record LoadBounds(Map<String, Integer> most) {

    /** Of one backend: requests and jobs, claiming, listening; of one gateway. */
    private static final int APP = 8;

    private static final int WORKER = 2;
    private static final int LISTENER = 1;
    private static final int GATEWAY = 14;

    /** @param pooler whether PgBouncer stands between; who listens goes past it */
    static LoadBounds of(int replicas, boolean pooler) {
        return new LoadBounds(Map.of(
                "recado_app",
                replicas * LISTENER + (pooler ? PgBouncerProcess.SIZE : replicas * APP),
                "recado_worker",
                pooler ? PgBouncerProcess.SIZE : replicas * WORKER,
                "recado_gateway",
                replicas * GATEWAY));
    }

    /** @param found connections by role, at the moment with the most of that role */
    List<String> exceededBy(Map<String, Integer> found) {
        return new TreeMap<>(most)
                .entrySet().stream()
                        .filter(bound -> count(bound.getKey(), found) > bound.getValue())
                        .map(bound -> "%s had %d connections, %d at most are promised"
                                .formatted(bound.getKey(), count(bound.getKey(), found), bound.getValue()))
                        .toList();
    }

    private static int count(String role, Map<String, Integer> found) {
        return found.getOrDefault(role, 0);
    }
}
