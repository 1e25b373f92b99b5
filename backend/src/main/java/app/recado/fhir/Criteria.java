package app.recado.fhir;

import app.recado.kernel.SearchText;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * What a search asks for. Values are read as FHIR writes them: alternatives stand between commas, and a backslash takes the
 * meaning from a sign.
 *
 * @param values of each parameter, in the order in which they came
 * @param base the facade's own address, with which references may begin
 * @param zone of dates, and of times without an offset
 */
record Criteria(Map<String, List<String>> values, String base, ZoneId zone) {

    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\\\\,|$])");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    /** A reference's parts. */
    record Target(ResourceType type, String id) {

        /** @throws FhirRefusal when no record can have this id */
        UUID uuid(String parameter) {
            return uuidOf(id).orElseThrow(() -> FhirRefusal.invalid(parameter + " names no id of this server"));
        }
    }

    /** A token's parts. @param system null when it was left out */
    record Token(@Nullable String system, String code) {

        /** Whether this code is meant. */
        boolean is(String ofSystem, String other) {
            return code.equals(other) && (system == null || system.equals(ofSystem));
        }
    }

    private List<String> of(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Null when the parameter was not sent. */
    @Nullable List<String> alternatives(String name) {
        var given = of(name);
        if (given.isEmpty()) {
            return null;
        }
        var all = new ArrayList<String>();
        for (var one : COMMA.split(given.getFirst(), -1)) {
            if (one.isBlank()) {
                throw FhirRefusal.invalid(name + " has an empty value");
            }
            all.add(unescaped(one.strip()));
        }
        return all;
    }

    /** The ids asked for; null for all. */
    @Nullable List<String> ids() {
        return alternatives("_id");
    }

    /** The same as UUIDs, without those that no record has; null for all. */
    @Nullable List<UUID> uuids() {
        var ids = ids();
        return ids == null
                ? null
                : ids.stream().flatMap(id -> uuidOf(id).stream()).toList();
    }

    static Optional<UUID> uuidOf(String id) {
        try {
            var uuid = UUID.fromString(id);
            return uuid.toString().equalsIgnoreCase(id) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Every value of a parameter that may be repeated, each of them one reference. */
    List<Target> allReferences(String name, ResourceType... allowed) {
        return of(name).stream().map(value -> reference(name, value, allowed)).toList();
    }

    /** The one reference of a parameter; null when it was not sent. */
    @Nullable Target reference(String name, ResourceType... allowed) {
        var given = of(name);
        return given.isEmpty() ? null : reference(name, given.getFirst(), allowed);
    }

    private Target reference(String name, String value, ResourceType... allowed) {
        var local = value.startsWith(base + "/") ? value.substring(base.length() + 1) : value;
        var parts = local.split("/", -1);
        var type = parts.length == 1 && allowed.length == 1
                ? Optional.of(allowed[0])
                : Arrays.stream(allowed)
                        .filter(one -> parts.length == 2 && one.name().equals(parts[0]))
                        .findFirst();
        var id = parts[parts.length - 1];
        if (type.isEmpty() || !ID.matcher(id).matches()) {
            throw FhirRefusal.invalid("%s must be one reference, such as %s/0199c7a4-6f3e-7c52-9b1d-2f6a8e0c4d11"
                    .formatted(name, allowed[0]));
        }
        return new Target(type.get(), id);
    }

    /** A truth value; null when the parameter was not sent. */
    @Nullable Boolean flag(String name) {
        var given = of(name);
        if (given.isEmpty()) {
            return null;
        }
        return switch (given.getFirst()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw FhirRefusal.invalid(name + " must be true or false");
        };
    }

    /** Alternatives of the form {@code system|code} or {@code code}; null when the parameter was not sent. */
    @Nullable List<Token> tokens(String name) {
        var given = of(name);
        if (given.isEmpty()) {
            return null;
        }
        var tokens = new ArrayList<Token>();
        for (var one : COMMA.split(given.getFirst(), -1)) {
            var parts = BAR.split(one.strip(), -1);
            var code = unescaped(parts[parts.length - 1]);
            if (parts.length > 2 || code.isBlank()) {
                throw FhirRefusal.invalid(name + " must be a code, or a system and a code with a bar between them");
            }
            tokens.add(new Token(parts.length == 1 ? null : unescaped(parts[0]), code));
        }
        return tokens;
    }

    /** The moments within all values of the parameter. */
    DateRange dates(String name, ZoneId inZone) {
        var range = DateRange.ALWAYS;
        for (var value : of(name)) {
            range = range.and(name, value, inZone);
        }
        return range;
    }

    DateRange dates(String name) {
        return dates(name, zone);
    }

    /** The words of all values of a name, in the form of {@link SearchText}; null when the parameter was not sent. */
    @Nullable List<String> words(String name, int most) {
        var given = of(name);
        if (given.isEmpty()) {
            return null;
        }
        var words = given.stream()
                .flatMap(value -> SearchText.words(unescaped(value)).stream())
                .distinct()
                .toList();
        if (words.isEmpty() || words.size() > most) {
            throw FhirRefusal.invalid("%s must have 1 to %d words".formatted(name, most));
        }
        return words;
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text).replaceAll("$1");
    }
}
