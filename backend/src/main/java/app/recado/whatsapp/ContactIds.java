package app.recado.whatsapp;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one event says about who somebody is. The network may tell any of these alone; whatever it tells together belongs
 * to one person, and none is ever made from another.
 *
 * @param phone E.164 with a leading plus
 * @param lid the opaque number by which linked devices know a person, digits only; the same for everybody who knows them
 * @param userId the business-scoped user id of the official platform, such as {@code AR.13491208655302741918}; another one
 *     for every business and after a change of number
 * @param address the network's address of somebody who has none of these, a person of another network for instance
 */
public record ContactIds(
        @Nullable String phone,
        @Nullable String lid,
        @Nullable String userId,
        @Nullable String address) {

    /** Nothing is known. */
    public static final ContactIds NONE = new ContactIds(null, null, null, null);

    /** A phone alone. */
    public static ContactIds phone(@Nullable String e164) {
        return new ContactIds(e164, null, null, null);
    }

    /** Whether nothing is known at all. */
    public boolean nobody() {
        return phone == null && opaque().findAny().isEmpty();
    }

    /** One of them as a key, the most telling first; empty text when nothing is known. */
    public String key() {
        return Optional.ofNullable(phone)
                .or(() -> opaque().map(Opaque::value).findFirst())
                .orElse("");
    }

    /** Those that say nothing to a person. */
    Stream<Opaque> opaque() {
        return Stream.of(opaque("lid", lid), opaque("user-id", userId), opaque("address", address))
                .flatMap(Optional::stream);
    }

    private static Optional<Opaque> opaque(String kind, @Nullable String value) {
        return Optional.ofNullable(value).map(known -> new Opaque(kind, known));
    }

    /** @param kind {@code lid}, {@code user-id} or {@code address} */
    record Opaque(String kind, String value) {}

    /** They name a person: never printed. */
    @Override
    public String toString() {
        return "ContactIds";
    }
}
