package app.recado.example;

import app.recado.client.ApiClient;
import app.recado.client.ApiException;
import app.recado.client.ApiResponse;
import app.recado.client.api.AppointmentsApi;
import app.recado.client.api.MeApi;
import app.recado.client.api.PatientsApi;
import app.recado.client.api.PracticeApi;
import app.recado.client.api.SchedulesApi;
import app.recado.client.model.Appointment;
import app.recado.client.model.AppointmentInput;
import app.recado.client.model.AppointmentReschedule;
import app.recado.client.model.PatientInput;
import app.recado.client.model.Problem;
import app.recado.client.model.ProblemCode;
import app.recado.client.model.Slot;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Books a visit at a free time, moves it, reads it again, and meets the two refusals that every client must know: the
 * time is taken ({@code slot-taken}), and somebody else changed the visit since it was read ({@code stale}).
 *
 * <p>{@code RECADO_URL} is the server, {@code RECADO_TOKEN} an access token, {@code RECADO_CLINIC} the clinic's alias.
 */
public final class BookAndMove {

    private final ApiClient client;
    private final UUID clinic;

    private BookAndMove(ApiClient client, UUID clinic) {
        this.client = client;
        this.clinic = clinic;
    }

    public static void main(String[] arguments) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(setting("RECADO_URL"));
        var authorization = "Bearer " + setting("RECADO_TOKEN");
        client.setRequestInterceptor(request -> request.header("Authorization", authorization));

        var alias = setting("RECADO_CLINIC");
        var clinic = new MeApi(client)
                .getMe().getOrganizations().stream()
                        .filter(mine -> mine.getAlias().equals(alias))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("The token does not open the clinic " + alias));
        new BookAndMove(client, clinic.getId()).run();
    }

    private void run() throws Exception {
        var service = new PracticeApi(client)
                .listHealthcareServices(clinic).getItems().get(0).getId();
        var patient = new PatientsApi(client)
                .createPatient(clinic, intention(), new PatientInput().givenName("Paciente").familyName("de Prueba"))
                .getId();
        var slots = freeSlots(service);
        var first = slots.get(0);
        var later = slots.stream()
                .filter(slot -> slot.getPractitionerId().equals(first.getPractitionerId()))
                .filter(slot -> !slot.getStart().isBefore(first.getEnd()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Only one time is free"));

        var appointments = new AppointmentsApi(client);
        var booking = new AppointmentInput()
                .patientId(patient)
                .healthcareServiceId(service)
                .practitionerId(first.getPractitionerId())
                .start(first.getStart());
        var key = intention();
        var booked = appointments.createAppointmentWithHttpInfo(clinic, key, booking);
        require(booked.getStatusCode() == 201, "booked with 201");

        // A repetition under the same key, as after a lost answer, is the same visit.
        var repeated = appointments.createAppointment(clinic, key, booking);
        require(repeated.getId().equals(booked.getData().getId()), "a repetition books nothing more");

        var taken = refusal(409, () -> appointments.createAppointment(clinic, intention(), booking));
        require(taken.getCode() == ProblemCode.SLOT_TAKEN, "the time is taken");
        require(taken.getConflicts().get(0).getAppointmentId().equals(booked.getData().getId()), "by this visit");

        var move = new AppointmentReschedule().start(later.getStart());
        var id = booked.getData().getId();
        var moved = appointments.rescheduleAppointmentWithHttpInfo(clinic, id, etag(booked), move);
        require(moved.getData().getStart().isEqual(later.getStart()), "moved");

        var stale = refusal(412, () -> appointments.rescheduleAppointment(clinic, id, etag(booked), move));
        require(stale.getCode() == ProblemCode.STALE, "what was read before the move changes nothing");

        var read = appointments.getAppointmentWithHttpInfo(clinic, id);
        require(read.getData().getStart().isEqual(later.getStart()), "read as it was moved");
        require(etag(read).equals(etag(moved)), "in the same version");
        System.out.printf("Java: booked %s, moved to %s%n", first.getStart(), read.getData().getStart());
    }

    private List<Slot> freeSlots(UUID service) throws ApiException {
        var day = LocalDate.now(ZoneOffset.UTC).plusDays(40);
        return new SchedulesApi(client)
                .findSlots(SchedulesApi.APIFindSlotsRequest.newBuilder()
                        .organizationId(clinic)
                        .healthcareServiceId(service)
                        .from(day)
                        .to(day.plusDays(7))
                        .limit(50)
                        .build())
                .getItems();
    }

    /** A new key for each intention; a repetition of the same one sends the same key. */
    private static String intention() {
        return UUID.randomUUID().toString();
    }

    /** What {@code If-Match} wants to change exactly what was read. */
    private static String etag(ApiResponse<Appointment> answer) {
        return answer.getHeaders().get("etag").get(0);
    }

    private interface Call {
        Object run() throws ApiException;
    }

    private Problem refusal(int status, Call call) throws Exception {
        try {
            call.run();
        } catch (ApiException refused) {
            require(refused.getCode() == status, "refused with " + status + ", not " + refused.getCode());
            return client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        }
        throw new IllegalStateException("Not refused with " + status);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException("Does not hold: " + what);
        }
    }

    private static String setting(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }
}
