package app.recado.scheduling.imports;

import app.recado.kernel.SearchText;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a column of a file of visits may hold. */
enum AppointmentImportField {
    /** Nothing that is taken over. */
    @JsonProperty("ignore")
    IGNORE(""),
    /** The patient's paper, as people of the clinic's country have it. */
    @JsonProperty("patient-identifier")
    PATIENT_IDENTIFIER(
            "documento|dni|cpf|rut|curp|cedula|cedula de identidad|documento del paciente|documento do paciente|document"
                    + "|identificacion|ci|cc|patient document|nro documento|numero de documento"),
    @JsonProperty("patient-phone")
    PATIENT_PHONE(
            "telefono|celular|whatsapp|movil|telefone|phone|mobile|cell|telefono del paciente|telefone do paciente|patient phone"),
    @JsonProperty("patient-name")
    PATIENT_NAME(
            "paciente|nombre del paciente|patient|patient name|nome do paciente|nombre y apellido|cliente|full name"),
    @JsonProperty("patient-birth-date")
    PATIENT_BIRTH_DATE("fecha de nacimiento|nacimiento|data de nascimento|nascimento|birth date|date of birth|dob"),
    @JsonProperty("practitioner")
    PRACTITIONER(
            "profesional|medico|medica|doctor|doctora|odontologo|profissional|practitioner|provider|dentista|especialista"),
    @JsonProperty("service")
    SERVICE("servicio|prestacion|practica|tratamiento|servico|procedimento|service|treatment|tipo|tipo de turno"),
    @JsonProperty("location")
    LOCATION("sede|sucursal|consultorio sede|unidade|location|branch|clinica"),
    @JsonProperty("room")
    ROOM("sala|consultorio|box|gabinete|room"),
    /** Day and hour in one. */
    @JsonProperty("start")
    START("inicio|comienzo|fecha y hora|data e hora|start|starts at|start time|date and time|fecha hora|turno"),
    @JsonProperty("date")
    DATE("fecha|dia|data|date|day"),
    @JsonProperty("time")
    TIME("hora|desde|hora inicio|hora de inicio|de|time|from|horario"),
    /** An hour of the same day, or day and hour. */
    @JsonProperty("end")
    END("fin|hasta|hora fin|hora de fin|ate|end|until|ends at|end time"),
    /** Minutes. */
    @JsonProperty("duration")
    DURATION("duracion|duracion min|minutos|duracao|duration|minutes"),
    @JsonProperty("status")
    STATUS("estado|situacao|status|state|asistencia"),
    @JsonProperty("note")
    NOTE("nota|notas|observaciones|motivo|comentarios|note|notes|comments|observacoes"),
    /** What the other system calls the visit. */
    @JsonProperty("external-id")
    EXTERNAL_ID("id|codigo|id externo|external id|id turno|numero de turno|nro turno|appointment id|id cita");

    /** In the normal form of a search, as people call such a column. */
    private final Set<String> headers;

    AppointmentImportField(String headers) {
        this.headers = Set.of(headers.split("\\|"));
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static AppointmentImportField of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What the columns of a file seem to hold, by their names in Spanish, English and Portuguese; each field once. */
    static List<String> suggestedFor(List<String> header) {
        var used = EnumSet.noneOf(AppointmentImportField.class);
        var fields = new ArrayList<String>();
        for (var name : header) {
            var words = SearchText.normalise(name);
            var field = Arrays.stream(values())
                    .filter(each -> each != IGNORE
                            && !words.isEmpty()
                            && (each.headers.contains(words)
                                    || each.wireName().replace('-', ' ').equals(words)))
                    .findFirst()
                    .orElse(IGNORE);
            fields.add((field == IGNORE || used.add(field) ? field : IGNORE).wireName());
        }
        return fields;
    }
}
