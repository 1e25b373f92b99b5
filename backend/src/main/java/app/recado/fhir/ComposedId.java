package app.recado.fhir;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Ids of what is computed and has no row: those of the records it is made of, within FHIR's 64 signs. They stay the same, and
 * reading one is computing it again.
 */
final class ComposedId {

    private static final int UUID_BYTES = 16;

    private ComposedId() {}

    /** A practitioner's schedule at a location. */
    record OfSchedule(UUID practitionerId, UUID locationId) {

        String text() {
            return encoded(bytes(2 * UUID_BYTES, practitionerId, locationId));
        }
    }

    /**
     * A time at which a service fits into a practitioner's hours.
     *
     * @param start seconds of Unix time; whoever makes an id up may say any
     */
    record OfSlot(UUID practitionerId, UUID healthcareServiceId, long start) {

        String text() {
            return encoded(bytes(2 * UUID_BYTES + Long.BYTES, practitionerId, healthcareServiceId)
                    .putLong(start));
        }
    }

    /** Empty for anything else. */
    static Optional<OfSchedule> schedule(String text) {
        return decoded(text, 2 * UUID_BYTES).map(bytes -> new OfSchedule(uuid(bytes), uuid(bytes)));
    }

    /** Empty for anything else. */
    static Optional<OfSlot> slot(String text) {
        return decoded(text, 2 * UUID_BYTES + Long.BYTES)
                .map(bytes -> new OfSlot(uuid(bytes), uuid(bytes), bytes.getLong()));
    }

    private static ByteBuffer bytes(int size, UUID one, UUID other) {
        return ByteBuffer.allocate(size)
                .putLong(one.getMostSignificantBits())
                .putLong(one.getLeastSignificantBits())
                .putLong(other.getMostSignificantBits())
                .putLong(other.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** FHIR's ids have a dot where Base64 for addresses has a low line. */
    private static String encoded(ByteBuffer bytes) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.array())
                .replace('_', '.');
    }

    private static Optional<ByteBuffer> decoded(String text, int size) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text.replace('.', '_'));
            return bytes.length == size ? Optional.of(ByteBuffer.wrap(bytes)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
