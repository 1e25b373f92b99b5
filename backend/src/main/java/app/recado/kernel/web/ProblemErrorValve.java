package app.recado.kernel.web;

import app.recado.kernel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself refuses before any code of ours runs (a request line or a chunk that is no HTTP) answers a problem
 * like everything else, not a page of HTML with the server's name.
 */
class ProblemErrorValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem = status < 500 ? Problem.ADDRESS_MALFORMED : Problem.INTERNAL;
        var body =
                "{\"type\":\"https://recado.app/problems/%1$s\",\"title\":\"%2$s\",\"status\":%3$d,\"code\":\"%1$s\"}"
                        .formatted(problem.code(), problem.title(), status);
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(body);
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            containerLog().debug("The client went away before its refusal was written");
        }
    }

    private org.apache.juli.logging.Log containerLog() {
        return getContainer().getLogger();
    }
}
