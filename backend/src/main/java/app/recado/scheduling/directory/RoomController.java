package app.recado.scheduling.directory;

import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Versioned;
import app.recado.kernel.idempotency.Idempotent;
import app.recado.kernel.json.OneLine;
import app.recado.kernel.security.Access;
import app.recado.kernel.security.Allow;
import app.recado.kernel.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rooms and equipment over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/rooms")
@Tag(name = "Practice")
class RoomController {

    private final Rooms rooms;

    RoomController(Rooms rooms) {
        this.rooms = rooms;
    }

    /** A room, or equipment that stands in one place: one visit at a time takes it. */
    @Schema(name = "Room")
    record RoomView(
            @Schema(description = "The room", example = "01937f3e-0000-7000-8000-000000000013")
            UUID id,

            @Schema(
                    description = "Where it is; the main location's id is the clinic's own",
                    example = "01937f3e-0000-7000-8000-000000000011")
            UUID locationId,

            @Schema(description = "As staff know it", example = "Consultorio 2")
            String name,

            @Schema(
                    description =
                            "A room (in FHIR, a Location of the physical type ro) or equipment (in FHIR, a Device)",
                    example = "room")
            RoomKind kind,

            @Schema(description = "Place in the palette of the agenda; null for none", example = "4") @Nullable Integer colour,

            @Schema(description = "False: it keeps its visits and takes no new ones", example = "true")
            boolean active,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static RoomView of(Rooms.Room room) {
            return new RoomView(
                    room.id(),
                    room.locationId(),
                    room.name(),
                    room.kind(),
                    room.colour(),
                    room.active(),
                    room.version());
        }
    }

    /** All rooms and equipment of the clinic. */
    @Schema(name = "Rooms")
    record RoomList(@Schema(description = "By name") List<RoomView> items) {}

    /** A new room or piece of equipment. */
    @Schema(name = "RoomInput")
    record NewRoom(
            @Schema(
                    description = "Where it is; left out, at the main location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @Nullable UUID locationId,

            @Schema(description = "As staff know it", example = "Consultorio 2") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "A room or equipment", example = "room") @NotNull RoomKind kind,

            @Schema(description = "Place in the palette of the agenda; left out, none", example = "4")
            @Min(0) @Max(7) @Nullable Integer colour) {

        Rooms.Details details(UUID main) {
            return new Rooms.Details(locationId == null ? main : locationId, name, kind, colour);
        }
    }

    /** A room or piece of equipment as it shall be. */
    @Schema(name = "RoomChange")
    record ChangedRoom(
            @Schema(
                    description = "Where it is; visits that are booked keep their location",
                    example = "01937f3e-0000-7000-8000-000000000011")
            @NotNull UUID locationId,

            @Schema(description = "As staff know it", example = "Consultorio 2") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "A room or equipment", example = "room") @NotNull RoomKind kind,

            @Schema(description = "Place in the palette of the agenda; left out, none", example = "4")
            @Min(0) @Max(7) @Nullable Integer colour,

            @Schema(description = "False retires it: it keeps its visits and takes no new ones", example = "true")
            @NotNull Boolean active) {

        Rooms.Details details() {
            return new Rooms.Details(locationId, name, kind, colour);
        }
    }

    @Operation(
            operationId = "listRooms",
            summary = "Rooms and equipment",
            description = "What one visit at a time takes beside its practitioner, at any of the clinic's locations.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    RoomList list(@PathVariable UUID organizationId) {
        return new RoomList(rooms.all().stream().map(RoomView::of).toList());
    }

    @Operation(operationId = "createRoom", summary = "Add a room or equipment")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<RoomView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewRoom body) {
        var room = RoomView.of(rooms.create(body.details(organizationId)));
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/rooms/%s".formatted(organizationId, room.id())))
                .body(room);
    }

    @Operation(operationId = "getRoom", summary = "One room or piece of equipment")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    RoomView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return RoomView.of(rooms.get(id));
    }

    @Operation(
            operationId = "changeRoom",
            summary = "Change or retire a room or equipment",
            description = "Whatever is retired keeps its visits and takes no new ones.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/{id}")
    RoomView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedRoom body) {
        return RoomView.of(rooms.change(id, expected, body.details(), body.active()));
    }
}
