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
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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

/** Locations over HTTP. */
@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/locations")
@Tag(name = "Practice")
class LocationController {

    private final Locations locations;

    LocationController(Locations locations) {
        this.locations = locations;
    }

    /** A point of the map. */
    @Schema(name = "MapPoint")
    record PointView(
            @Schema(description = "Degrees north, WGS 84", example = "-31.4201")
            @NotNull @DecimalMin("-90") @DecimalMax("90") Double latitude,

            @Schema(description = "Degrees east, WGS 84", example = "-64.1888")
            @NotNull @DecimalMin("-180") @DecimalMax("180") Double longitude) {

        Locations.Point point() {
            return new Locations.Point(latitude, longitude);
        }
    }

    /** Where the clinic sees patients. */
    @Schema(name = "ClinicLocation")
    record LocationView(
            @Schema(
                    description = "The location; of the main one, the clinic's own id",
                    example = "01937f3e-0000-7000-8000-000000000011")
            UUID id,

            @Schema(description = "As patients know it", example = "Sede Centro")
            String name,

            @Schema(description = "Street, number and city, as it is written", example = "Av. Colón 350, Córdoba")
            @Nullable String address,

            @Schema(description = "On the map; null when nobody said") @Nullable PointView point,

            @Schema(description = "E.164", example = "+543514221234") @Nullable String phone,

            @Schema(
                    description = "IANA zone of its hours; null for the clinic's",
                    example = "America/Argentina/Cordoba")
            @Nullable String timeZone,

            @Schema(description = "True for the one that every clinic has", example = "false")
            boolean main,

            @Schema(description = "False: it keeps its visits and takes no new ones", example = "true")
            boolean active,

            @Schema(description = "Grows with every change; the ETag", example = "0")
            long version)
            implements Versioned {

        static LocationView of(Locations.Location location) {
            var point = location.point();
            return new LocationView(
                    location.id(),
                    location.name(),
                    location.address(),
                    point == null ? null : new PointView(point.latitude(), point.longitude()),
                    location.phone(),
                    location.timeZone(),
                    location.main(),
                    location.active(),
                    location.version());
        }
    }

    /** All locations of the clinic. */
    @Schema(name = "ClinicLocations")
    record LocationList(
            @Schema(description = "The main one first, the others by name")
            List<LocationView> items) {}

    /** A new location. */
    @Schema(name = "LocationInput")
    record NewLocation(
            @Schema(description = "As patients know it", example = "Sede Centro") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "Street, number and city", example = "Av. Colón 350, Córdoba")
            @OneLine
            @Size(max = 200) @Nullable String address,

            @Schema(description = "On the map") @Valid @Nullable PointView point,

            @Schema(description = "As it is dialled", example = "0351 422-1234") @OneLine @Size(max = 40) @Nullable String phone,

            @Schema(
                    description = "IANA zone of its hours; left out or null, the clinic's",
                    example = "America/Argentina/Cordoba")
            @Size(max = 60) @Nullable String timeZone) {

        Locations.Details details() {
            return new Locations.Details(name, address, point == null ? null : point.point(), phone, timeZone);
        }
    }

    /** A location as it shall be. */
    @Schema(name = "LocationChange")
    record ChangedLocation(
            @Schema(description = "As patients know it", example = "Sede Centro") @OneLine @NotBlank @Size(max = 100) String name,

            @Schema(description = "Street, number and city", example = "Av. Colón 350, Córdoba")
            @OneLine
            @Size(max = 200) @Nullable String address,

            @Schema(description = "On the map") @Valid @Nullable PointView point,

            @Schema(description = "As it is dialled", example = "0351 422-1234") @OneLine @Size(max = 40) @Nullable String phone,

            @Schema(
                    description = "IANA zone of its hours; left out or null, the clinic's",
                    example = "America/Argentina/Cordoba")
            @Size(max = 60) @Nullable String timeZone,

            @Schema(
                    description = "False retires it: it keeps its visits and takes no new ones; not the main one",
                    example = "true")
            @NotNull Boolean active) {

        Locations.Details details() {
            return new Locations.Details(name, address, point == null ? null : point.point(), phone, timeZone);
        }
    }

    @Operation(
            operationId = "listLocations",
            summary = "Where the clinic sees patients",
            description = "Every clinic has a main location, whose id is its own.")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping
    LocationList list(@PathVariable UUID organizationId) {
        return new LocationList(locations.all().stream().map(LocationView::of).toList());
    }

    @Operation(operationId = "createLocation", summary = "Add a location")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping
    ResponseEntity<LocationView> create(@PathVariable UUID organizationId, @Valid @RequestBody NewLocation body) {
        var location = LocationView.of(locations.create(body.details()));
        return ResponseEntity.created(
                        URI.create("/api/v1/organizations/%s/locations/%s".formatted(organizationId, location.id())))
                .body(location);
    }

    @Operation(operationId = "getLocation", summary = "One location")
    @Access(
            value = {Allow.OWNER, Allow.RECEPTIONIST, Allow.PRACTITIONER},
            scopes = Scope.DIRECTORY_READ)
    @GetMapping("/{id}")
    LocationView get(@PathVariable UUID organizationId, @PathVariable UUID id) {
        return LocationView.of(locations.get(id));
    }

    @Operation(
            operationId = "changeLocation",
            summary = "Change or retire a location",
            description =
                    "Visits that are booked keep their hour, also when the zone changes. Hours at a retired location "
                            + "count no more.")
    @Access(value = Allow.OWNER, scopes = Scope.DIRECTORY_WRITE)
    @PutMapping("/{id}")
    LocationView change(
            @PathVariable UUID organizationId,
            @PathVariable UUID id,
            ExpectedVersion expected,
            @Valid @RequestBody ChangedLocation body) {
        return LocationView.of(locations.change(id, expected, body.details(), body.active()));
    }
}
