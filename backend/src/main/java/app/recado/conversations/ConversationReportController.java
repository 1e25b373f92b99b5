package app.recado.conversations;

import app.recado.kernel.Problem;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Costs;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Figures of conversations; no patient's name. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}/conversation-statistics")
class ConversationReportController {

    private final ConversationReport report;

    ConversationReportController(ConversationReport report) {
        this.report = report;
    }

    /**
     * What was said on each line, and by whom of the clinic.
     *
     * @param items lines on which something was said, by name
     * @param people who wrote or resolved, most answers first
     */
    @Schema(name = "ConversationStatistics")
    record Statistics(List<ConversationReport.OfLine> items, List<ConversationReport.OfPerson> people) {}

    @Operation(
            operationId = "getConversationStatistics",
            summary = "How much was said on each line on some days, how fast people answered, and who",
            description =
                    "A wait begins with the first thing somebody writes after the clinic's last words and ends with"
                            + " its next ones; what Recado says by itself ends none. Days are of the clinic.")
    @Costs(Costs.REPORT)
    @Access({Allow.OWNER, Allow.RECEPTIONIST})
    @GetMapping
    Statistics statistics(
            @PathVariable UUID organizationId,
            @Parameter(description = "First day") @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "The day after the last")
                    @RequestParam
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to) {
        if (!from.isBefore(to) || from.plusYears(1).isBefore(to)) {
            throw Problem.INVALID_PARAMETER.because("to is after from, by a year at most");
        }
        return new Statistics(report.between(from, to), report.people(from, to));
    }
}
