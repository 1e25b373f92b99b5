package app.recado.bot.flow;

import app.recado.bot.flow.FlowNode.Detail;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a flow may know and do, for the person it speaks with alone. The real ones act through the services that people use,
 * in the transaction of the turn; those of a trial answer as if they had.
 */
public interface FlowTools {

    /**
     * A visit ahead.
     *
     * @param whose the given name of its patient, when several are reached at this number; null otherwise
     * @param version rises when it is moved or cancelled
     */
    record Visit(
            UUID id,
            String serviceName,
            UUID serviceId,
            String practitionerName,
            Instant start,
            ZoneId zone,
            long version,
            @Nullable String whose) {}

    /** A service that can be booked. */
    record Service(UUID id, String name) {}

    /** A free time. */
    record Free(UUID practitionerId, String practitionerName, Instant start, ZoneId zone) {}

    /**
     * Where patients come to.
     *
     * @param address null when nobody said
     * @param latitude degrees, WGS 84; null when nobody said
     */
    record Place(
            UUID id,
            String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude) {}

    /** What came of a change. */
    enum Result {
        DONE,
        /** Somebody else has that time by now. */
        TAKEN,
        /** The visit is not as it was any more, or it is not allowed. */
        NOT_POSSIBLE
    }

    /** Whether exactly one patient is reached at this number. */
    boolean patientKnown();

    /** Whether the only patient of this number has a tag. */
    boolean tagged(String tag);

    /** Whether the only patient of this number is covered by an insurance. @param insurance its id, as a flow holds it */
    boolean insured(String insurance);

    /** Whether somebody sees patients at this moment. */
    boolean open();

    /** What is kept in double braces: null for fields that are empty or unknown here. */
    @Nullable String field(String name);

    /** Awaited ones of everybody reached at this number, the next first. */
    List<Visit> visits();

    /** By name. */
    List<Service> services();

    /** Free times of the weeks to come, by start. @param moving a visit that is in nobody's way; null for none */
    List<Free> free(UUID serviceId, @Nullable Visit moving);

    Result confirm(Visit visit);

    Result cancel(Visit visit);

    Result move(Visit visit, Free to);

    Result book(UUID serviceId, Free at);

    Result joinWaitlist(UUID serviceId);

    /** Those that take visits, the main one first. */
    List<Place> places();

    /** Whether a file is there to be sent. */
    boolean hasFile(UUID mediaId);

    /** Writes what they say of themselves. @param said dates in ISO 8601; never empty */
    Result update(Map<Detail, String> said);

    /** Opens a ticket of the conversation, or goes on with the one that is open. @return its number; null where none can be */
    @Nullable Long openTicket();

    /** They want to hear of more than their visits, or they do not. @param words what proves it */
    Result consent(boolean wanted, String words);
}
