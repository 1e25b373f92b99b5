package app.recado.patients;

import app.recado.kernel.Phones;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a patient. Messages go to one of them, or to none: then the clinic calls.
 *
 * @param writtenTo null when the patient has no number, or wants to be written to at none
 * @param others in the order in which staff wrote them; never the one that is written to
 */
record PatientPhones(@Nullable PatientPhone writtenTo, List<PatientPhone> others) {

    static final PatientPhones NONE = new PatientPhones(null, List.of());

    PatientPhones {
        var first = writtenTo;
        others = PatientPhone.united(
                others.stream().filter(one -> first == null || !one.e164().equals(first.e164())));
        int room = first == null ? PatientPhone.MOST : PatientPhone.MOST - 1;
        if (others.size() > room) {
            others = others.subList(0, room);
        }
    }

    /** The numbers of a row. */
    static PatientPhones of(
            @Nullable String phone,
            @Nullable String extension,
            @Nullable String owner,
            @Nullable String ownerName,
            String others) {
        return new PatientPhones(
                phone == null
                        ? null
                        : new PatientPhone(phone, extension, owner == null ? null : Relationship.of(owner), ownerName),
                PatientPhone.read(others));
    }

    /** All of them, the one that is written to first. */
    List<PatientPhone> all() {
        return Stream.concat(Stream.ofNullable(writtenTo), others.stream()).toList();
    }

    /** All of them in E.164, likewise. */
    List<String> numbers() {
        return all().stream().map(PatientPhone::e164).toList();
    }

    /** Those that speak for the patient: the one that is written to, and their own beside it. */
    List<String> speaking() {
        return Stream.concat(Stream.ofNullable(writtenTo), others.stream().filter(PatientPhone::isOwn))
                .map(PatientPhone::e164)
                .toList();
    }

    Phones.@Nullable Phone reach() {
        return writtenTo == null ? null : writtenTo.dialled();
    }

    /**
     * Another number is written to, as somebody says who knows of one number only: it takes the place of the one before, which
     * goes, and what is known of whose it is stays known.
     *
     * @param now null for none
     */
    PatientPhones reachedAt(Phones.@Nullable Phone now) {
        if (now == null) {
            return new PatientPhones(null, others);
        }
        var known = all().stream()
                .filter(one -> one.e164().equals(now.e164()))
                .findFirst()
                .orElse(null);
        return new PatientPhones(
                known == null
                        ? PatientPhone.of(now)
                        : new PatientPhone(now.e164(), now.extension(), known.owner(), known.ownerName()),
                others);
    }

    /** Whoever held one number holds another now, on this card too. */
    PatientPhones moved(String from, String to) {
        return new PatientPhones(
                writtenTo == null || !writtenTo.e164().equals(from) ? writtenTo : writtenTo.movedTo(to),
                others.stream()
                        .map(one -> one.e164().equals(from) ? one.movedTo(to) : one)
                        .toList());
    }

    /** What is written here, and what a file says besides: a number that it names first is written to. */
    PatientPhones completedBy(PatientPhones said) {
        var first = said.writtenTo;
        if (first == null) {
            return new PatientPhones(writtenTo, joined(others, said.others));
        }
        var now = reachedAt(first.dialled());
        var known = Objects.requireNonNull(now.writtenTo);
        return new PatientPhones(
                new PatientPhone(
                        known.e164(),
                        known.extension(),
                        first.owner() != null ? first.owner() : known.owner(),
                        first.ownerName() != null ? first.ownerName() : known.ownerName()),
                joined(now.others, said.others));
    }

    private static List<PatientPhone> joined(List<PatientPhone> one, List<PatientPhone> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** The same with these besides: nothing that either card says of a number is lost. */
    PatientPhones with(PatientPhones other) {
        return new PatientPhones(writtenTo, joined(others, other.all()));
    }
}
