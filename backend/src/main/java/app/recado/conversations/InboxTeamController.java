package app.recado.conversations;

import app.recado.conversations.InboxTeams.Team;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.web.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Teams among which a clinic shares its conversations out. */
@RestController
@Tag(name = "Conversations")
@RequestMapping("/api/v1/organizations/{organizationId}/inbox-teams")
class InboxTeamController {

    private final InboxTeams teams;

    InboxTeamController(InboxTeams teams) {
        this.teams = teams;
    }

    /** All of a clinic, by name. */
    @Schema(name = "InboxTeamList")
    record TeamList(List<Team> items) {}

    /**
     * A team as it is to be.
     *
     * @param name as people call it
     * @param memberIds accounts of the inbox's members
     * @param lineIds lines whose new conversations are this team's; another team loses them
     */
    @Schema(name = "InboxTeamInput")
    record TeamInput(
            @Schema(example = "Óptica") @NotBlank @Size(max = 60) String name,

            @NotNull @Size(max = 200) List<@NotBlank @Size(max = 100) String> memberIds,

            @NotNull @Size(max = 100) List<@NotNull UUID> lineIds) {}

    @Operation(operationId = "listInboxTeams", summary = "The clinic's teams, by name")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping
    TeamList list(@PathVariable UUID organizationId) {
        return new TeamList(teams.list());
    }

    @Operation(operationId = "getInboxTeam", summary = "One team")
    @Access({Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER})
    @GetMapping("/{id}")
    Team get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return teams.get(id);
    }

    @Operation(
            operationId = "createInboxTeam",
            summary = "Add a team",
            description = "New conversations of its lines are the team's and go to its people alone.")
    @Access(Allow.OWNER)
    @Refuses(Problem.TEAM_NAME_TAKEN)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<Team> create(@PathVariable UUID organizationId, @Valid @RequestBody TeamInput body) {
        var team = teams.add(body.name(), body.memberIds(), body.lineIds());
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/inbox-teams/%s".formatted(organizationId, team.id())))
                .body(team);
    }

    @Operation(operationId = "changeInboxTeam", summary = "Change a team, its people and its lines")
    @Access(Allow.OWNER)
    @Refuses(Problem.TEAM_NAME_TAKEN)
    @PutMapping("/{id}")
    Team change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody TeamInput body) {
        return teams.change(id, expected, body.name(), body.memberIds(), body.lineIds());
    }

    @Operation(
            operationId = "deleteInboxTeam",
            summary = "Remove a team",
            description = "Its conversations stay with whoever has them and are of no team.")
    @Access(Allow.OWNER)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @DeleteMapping("/{id}")
    void delete(@PathVariable UUID organizationId, @PathVariable UUID id, ExpectedVersion expected) {
        teams.remove(id, expected);
    }
}
