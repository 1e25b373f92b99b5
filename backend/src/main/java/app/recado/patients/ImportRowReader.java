package app.recado.patients;

import app.recado.customfields.CustomField;
import app.recado.customfields.CustomValue;
import app.recado.customfields.CustomValues;
import app.recado.customfields.FieldType;
import app.recado.kernel.Phones;
import app.recado.kernel.PlainText;
import app.recado.kernel.SearchText;
import app.recado.organizations.OrganizationProfile;
import app.recado.patients.identifiers.Identifier;
import app.recado.patients.identifiers.IdentifierReading;
import app.recado.patients.tables.TableFile;
import app.recado.patients.tables.WrittenTimes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rows of a file by the rules of the register, each for itself: a row is a patient, or says what is wrong with it. */
final class ImportRowReader {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_NOTES = 500;
    private static final int LONGEST_EMAIL = 254;

    /** Of a cell with several numbers and whose they are. */
    private static final int LONGEST_PHONES = 1_500;

    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private static final Map<String, Gender> GENDERS = Map.ofEntries(
            Map.entry("f", Gender.FEMALE),
            Map.entry("m", Gender.MALE),
            Map.entry("femenino", Gender.FEMALE),
            Map.entry("feminino", Gender.FEMALE),
            Map.entry("female", Gender.FEMALE),
            Map.entry("mujer", Gender.FEMALE),
            Map.entry("mulher", Gender.FEMALE),
            Map.entry("masculino", Gender.MALE),
            Map.entry("male", Gender.MALE),
            Map.entry("hombre", Gender.MALE),
            Map.entry("homem", Gender.MALE),
            Map.entry("varon", Gender.MALE),
            Map.entry("x", Gender.OTHER),
            Map.entry("otro", Gender.OTHER),
            Map.entry("otra", Gender.OTHER),
            Map.entry("outro", Gender.OTHER),
            Map.entry("other", Gender.OTHER),
            Map.entry("no binario", Gender.OTHER),
            Map.entry("unknown", Gender.UNKNOWN),
            Map.entry("desconocido", Gender.UNKNOWN));

    private static final Map<String, String> LANGUAGES = Map.ofEntries(
            Map.entry("es", "es"),
            Map.entry("espanol", "es"),
            Map.entry("castellano", "es"),
            Map.entry("spanish", "es"),
            Map.entry("espanhol", "es"),
            Map.entry("en", "en"),
            Map.entry("ingles", "en"),
            Map.entry("english", "en"),
            Map.entry("pt", "pt-BR"),
            Map.entry("pt br", "pt-BR"),
            Map.entry("portugues", "pt-BR"),
            Map.entry("portuguese", "pt-BR"));

    private static final Map<String, String> YES_OR_NO = Map.ofEntries(
            Map.entry("si", "true"),
            Map.entry("s", "true"),
            Map.entry("sim", "true"),
            Map.entry("yes", "true"),
            Map.entry("y", "true"),
            Map.entry("true", "true"),
            Map.entry("verdadero", "true"),
            Map.entry("verdadeiro", "true"),
            Map.entry("x", "true"),
            Map.entry("1", "true"),
            Map.entry("no", "false"),
            Map.entry("n", "false"),
            Map.entry("nao", "false"),
            Map.entry("false", "false"),
            Map.entry("falso", "false"),
            Map.entry("0", "false"));

    private final List<ImportField> fields;
    private final Map<Integer, CustomField> ownFields;
    private final boolean monthFirst;
    private final OrganizationProfile clinic;
    private final LocalDate today;

    /**
     * @param fields what each column holds
     * @param ownFields the clinic's own fields that columns hold, by their places from 0
     * @param monthFirst whether 3/4/1985 is in March
     * @param today at the clinic
     */
    ImportRowReader(
            List<ImportField> fields,
            Map<Integer, CustomField> ownFields,
            boolean monthFirst,
            OrganizationProfile clinic,
            LocalDate today) {
        this.fields = fields;
        this.ownFields = ownFields;
        this.monthFirst = monthFirst;
        this.clinic = clinic;
        this.today = today;
    }

    /** What a word or letter says of somebody's gender; empty for one that says nothing. */
    static Optional<Gender> genderOf(String text) {
        return Optional.ofNullable(GENDERS.get(SearchText.normalise(text)));
    }

    /** Reads a row whole; every problem of it is told. */
    ImportKind.Row read(TableFile.Row row) {
        return new Reading(row).result();
    }

    /** The reading of one row. */
    private final class Reading {

        private final TableFile.Row row;
        private final Map<ImportField, Integer> columns = new EnumMap<>(ImportField.class);
        private final List<ImportKind.RowProblem> problems = new ArrayList<>();

        Reading(TableFile.Row row) {
            this.row = row;
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i) != ImportField.IGNORE && isReadable(i)) {
                    columns.put(fields.get(i), i);
                }
            }
            for (int i = fields.size(); i < row.cells().size(); i++) {
                if (!row.cell(i).isEmpty()) {
                    problem(-1, "too-many-cells");
                    break;
                }
            }
        }

        private boolean isReadable(int column) {
            var code = row.trouble(column);
            code.ifPresent(one -> problem(column, one));
            return code.isEmpty() && !PlainText.oneLine(row.cell(column)).isEmpty();
        }

        private void problem(int column, String code) {
            problems.add(new ImportKind.RowProblem(column, code));
        }

        /** What stands there, as one line; null when the column is not taken over or empty. */
        private @Nullable String text(ImportField field) {
            var column = columns.get(field);
            return column == null ? null : PlainText.oneLine(row.cell(column));
        }

        private void refuse(ImportField field, String code) {
            problem(columns.getOrDefault(field, -1), code);
        }

        private @Nullable String limited(ImportField field, int longest) {
            var text = text(field);
            if (text != null && text.length() > longest) {
                refuse(field, "too-long");
            }
            return text;
        }

        ImportKind.Row result() {
            var given = limited(ImportField.GIVEN_NAME, LONGEST_NAME);
            var family = limited(ImportField.FAMILY_NAME, LONGEST_NAME);
            var full = text(ImportField.FULL_NAME);
            if (full != null && given == null && family == null) {
                var parts = parts(full);
                given = parts[0];
                family = parts[1];
                if (full.length() > LONGEST_NAME) {
                    refuse(ImportField.FULL_NAME, "too-long");
                }
            }
            if (given == null && family == null && problems.isEmpty()) {
                problem(-1, "name-missing");
            }
            var patient = new Patient.Particulars(
                    given,
                    family,
                    phones(),
                    birthDate(),
                    new Languages(word(ImportField.LANGUAGE, LANGUAGES, clinic.locale()), List.of()),
                    notes(),
                    gender(),
                    email(),
                    identifiers(),
                    tags(),
                    customFields());
            return new ImportKind.Row(row.number(), problems.isEmpty() ? patient : null, List.copyOf(problems));
        }

        /** {@code Núñez, Ana} and {@code Ana Núñez}. */
        private @Nullable String[] parts(String full) {
            int comma = full.indexOf(',');
            int blank = full.indexOf(' ');
            if (comma >= 0) {
                return new @Nullable String[] {
                    emptyToNull(full.substring(comma + 1)), emptyToNull(full.substring(0, comma))
                };
            }
            return blank < 0
                    ? new @Nullable String[] {full, null}
                    : new @Nullable String[] {full.substring(0, blank), emptyToNull(full.substring(blank))};
        }

        private @Nullable String emptyToNull(String text) {
            return text.isBlank() ? null : text.strip();
        }

        private PatientPhones phones() {
            var others = new ArrayList<PatientPhone>();
            var listed = text(ImportField.OTHER_PHONES);
            if (listed != null && listed.length() > LONGEST_PHONES) {
                refuse(ImportField.OTHER_PHONES, "too-long");
            } else if (listed != null) {
                var parts = Arrays.stream(listed.split("[;|]"))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
                if (parts.size() >= PatientPhone.MOST) {
                    refuse(ImportField.OTHER_PHONES, "too-long");
                }
                for (var part : parts) {
                    var words = WrittenOwner.PHONE_AND_OWNER.matcher(part);
                    boolean owned = words.matches();
                    var phone = phone(
                            ImportField.OTHER_PHONES, owned ? words.group(1) : part, owned ? words.group(2) : null);
                    if (phone != null) {
                        others.add(phone);
                    }
                }
            }
            var typed = text(ImportField.PHONE);
            return new PatientPhones(
                    typed == null ? null : phone(ImportField.PHONE, typed, text(ImportField.PHONE_OWNER)), others);
        }

        private @Nullable PatientPhone phone(ImportField field, String typed, @Nullable String ownedBy) {
            var owner = WrittenOwner.of(ownedBy);
            if (owner.name() != null && owner.name().length() > PatientPhone.LONGEST_NAME) {
                refuse(field == ImportField.PHONE ? ImportField.PHONE_OWNER : field, "too-long");
            }
            return switch (Phones.read(typed, clinic.country())) {
                case Phones.Phone phone ->
                    new PatientPhone(phone.e164(), phone.extension(), owner.relationship(), owner.name());
                case Phones.Trouble trouble -> {
                    refuse(field, trouble.code());
                    yield null;
                }
            };
        }

        private @Nullable LocalDate birthDate() {
            var text = text(ImportField.BIRTH_DATE);
            if (text == null) {
                return null;
            }
            // Two digits: born in the last hundred years.
            var date = WrittenTimes.date(text, monthFirst, today.getYear());
            if (date == null) {
                refuse(ImportField.BIRTH_DATE, "date-unreadable");
            } else if (date.isAfter(today) || date.isBefore(EARLIEST_BIRTH)) {
                refuse(ImportField.BIRTH_DATE, "out-of-range");
            }
            return date;
        }

        private <T> T word(ImportField field, Map<String, T> words, T otherwise) {
            var text = text(field);
            if (text == null) {
                return otherwise;
            }
            var known = words.get(SearchText.normalise(text));
            if (known == null) {
                refuse(field, "unknown-value");
                return otherwise;
            }
            return known;
        }

        private @Nullable Gender gender() {
            return columns.containsKey(ImportField.GENDER) ? word(ImportField.GENDER, GENDERS, Gender.UNKNOWN) : null;
        }

        private @Nullable String email() {
            var email = limited(ImportField.EMAIL, LONGEST_EMAIL);
            if (email != null && !EMAIL.matcher(email).matches()) {
                refuse(ImportField.EMAIL, "invalid-format");
            }
            return email;
        }

        private @Nullable String notes() {
            var column = columns.get(ImportField.NOTES);
            if (column == null) {
                return null;
            }
            var notes = row.cell(column).strip();
            if (notes.length() > LONGEST_NOTES) {
                refuse(ImportField.NOTES, "too-long");
            }
            return notes;
        }

        private List<Identifier> identifiers() {
            var found = new ArrayList<Identifier>();
            columns.keySet()
                    .forEach(field -> field.identifier(clinic.country()).ifPresent(kind -> {
                        switch (Identifier.read(kind, String.valueOf(text(field)))) {
                            case Identifier identifier -> {
                                if (found.stream().noneMatch(other -> other.kind() == kind)) {
                                    found.add(identifier);
                                }
                            }
                            case IdentifierReading.Trouble trouble -> refuse(field, trouble.code());
                        }
                    }));
            return found;
        }

        private CustomValues customFields() {
            var read = new HashMap<String, Object>();
            ownFields.forEach((column, field) -> {
                if (!isReadable(column)) {
                    return;
                }
                var text = PlainText.oneLine(row.cell(column));
                if (text.length() > CustomValue.LONGEST) {
                    problem(column, "too-long");
                    return;
                }
                field.read(spelled(field, text))
                        .ifPresentOrElse(
                                value -> read.put(field.key(), value), () -> problem(column, codeOf(field.type())));
            });
            return CustomValues.of(read);
        }

        /** As the field writes it, of what a file says in words; other words stay, to be refused. */
        private String spelled(CustomField field, String text) {
            return switch (field.type()) {
                case TEXT, NUMBER -> text;
                case DATE -> {
                    var date = WrittenTimes.date(text, monthFirst, today.getYear());
                    yield date == null ? text : date.toString();
                }
                case YES_NO -> YES_OR_NO.getOrDefault(SearchText.normalise(text), text);
                case CHOICE ->
                    field.choices().stream()
                            .filter(choice -> choice.equals(text))
                            .findFirst()
                            .or(() -> field.choices().stream()
                                    .filter(choice -> choice.equalsIgnoreCase(text))
                                    .findFirst())
                            .orElse(text);
            };
        }

        private static String codeOf(FieldType type) {
            return switch (type) {
                case DATE -> "date-unreadable";
                case CHOICE, YES_NO -> "unknown-value";
                case TEXT, NUMBER -> "invalid-format";
            };
        }

        private List<String> tags() {
            var text = text(ImportField.TAGS);
            if (text == null) {
                return List.of();
            }
            var tags = Tags.normal(Arrays.asList(text.split("[,;|]")));
            if (tags.size() > Tags.MOST || tags.stream().anyMatch(tag -> tag.length() > Tags.LONGEST)) {
                refuse(ImportField.TAGS, "too-long");
            }
            return tags;
        }
    }
}
