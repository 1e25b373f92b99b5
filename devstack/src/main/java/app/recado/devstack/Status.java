package app.recado.devstack;

import app.recado.devstack.StackPlan.Port;
import java.util.LinkedHashMap;
import java.util.List;

/** {@code ./dev status}: which parts run and answer. Exit code 0 when all do, 3 when not. */
final class Status {
    private Status() {}

    static int run(List<String> words) {
        if (!words.isEmpty()) {
            throw new DevstackException("./dev status takes no arguments");
        }
        var plan = StackPlan.from(System.getenv());
        var checks = new LinkedHashMap<String, String>();
        checks.put("backend", "http://127.0.0.1:%d/api/readiness".formatted(plan.port(Port.HTTP)));
        checks.put("keycloak", "http://localhost:%d/realms/recado".formatted(plan.port(Port.KEYCLOAK)));
        checks.put("gateway", "http://127.0.0.1:%d/health".formatted(plan.port(Port.GATEWAY)));
        if (plan.simulator()) {
            checks.put("simulator", "http://127.0.0.1:%d/health".formatted(plan.port(Port.SIMULATOR)));
        }
        checks.put("postgresql", "");
        var all = true;
        for (var check : checks.entrySet()) {
            var process = new PidFile(plan.run(check.getKey() + ".pid")).process();
            var answers = process.isPresent() && (check.getValue().isEmpty() || HttpProbe.answers(check.getValue()));
            all &= answers;
            System.out.println("%-12s %-12s %s"
                    .formatted(
                            check.getKey(),
                            process.isEmpty() ? "stopped" : answers ? "answers" : "no answer",
                            process.map(handle -> "process " + handle.pid()).orElse("")));
        }
        System.out.println(all ? "Console: " + plan.consoleUrl() : "./dev up starts what is missing.");
        return all ? 0 : 3;
    }
}
