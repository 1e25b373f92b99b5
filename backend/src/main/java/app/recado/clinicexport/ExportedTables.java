package app.recado.clinicexport;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which tables an archive contains: every one in which clinics have records, found in the catalogue, so that a new table is in
 * it without anybody remembering. What is left out has its reason here, and in each archive.
 */
@Component
class ExportedTables {

    private static final String SECRET = "holds secrets of this installation";
    private static final String NOTES = "practitioners alone read their notes";
    private static final String TECHNICAL = "is of use to this installation only";
    private static final String DERIVED = "follows from what is contained";

    /** Tables that no archive contains, and why. */
    static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("stored_answer", SECRET),
            Map.entry("whatsapp_line_credentials", SECRET),
            Map.entry("line_pairing_code", SECRET),
            Map.entry("webhook_address", SECRET),
            Map.entry("booking_code", SECRET),
            Map.entry("clinical_note", NOTES),
            Map.entry("clinical_note_revision", NOTES),
            Map.entry("patient_search", DERIVED),
            Map.entry("household_search", DERIVED),
            Map.entry("conversation_word", DERIVED),
            Map.entry("appointment_actor", DERIVED),
            Map.entry("duty", TECHNICAL),
            Map.entry("onboarding", TECHNICAL),
            Map.entry("organization_deletion", TECHNICAL),
            Map.entry("deleted_organization", TECHNICAL),
            Map.entry("clinic_figures", TECHNICAL),
            Map.entry("dead_job", TECHNICAL),
            Map.entry("outbox_lane", TECHNICAL),
            Map.entry("message_day", TECHNICAL),
            Map.entry("engine_command", TECHNICAL),
            Map.entry("engine_lane", TECHNICAL),
            Map.entry("engine_media", TECHNICAL),
            Map.entry("engine_read_mark", TECHNICAL),
            Map.entry("engine_receipt", TECHNICAL),
            Map.entry("gateway_event", TECHNICAL),
            Map.entry("set_aside_event", TECHNICAL),
            Map.entry("line_sight", TECHNICAL),
            Map.entry("slot_hold", TECHNICAL),
            Map.entry("conversation_typing", TECHNICAL),
            Map.entry("patient_import_part", TECHNICAL),
            Map.entry("webhook_event", TECHNICAL),
            Map.entry("webhook_delivery", TECHNICAL),
            Map.entry("webhook_attempt", TECHNICAL));

    /** Columns that are taken out of whichever table has them: keys that open something elsewhere. */
    static final Set<String> SECRET_COLUMNS =
            Set.of("secret", "former_secret", "webhook_secret", "sealed", "api_key", "api_token");

    private final JdbcClient jdbc;

    ExportedTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By name. Needs an open transaction. */
    List<String> names() {
        return jdbc.sql("""
                        select c.relname
                          from pg_class c join pg_namespace n on n.oid = c.relnamespace
                         where n.nspname = 'recado' and c.relkind in ('r', 'p') and not c.relispartition
                           and exists (select from pg_attribute a
                                        where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)
                           and has_table_privilege(c.oid, 'select')
                         order by c.relname
                        """).query((row, n) -> row.getString(1)).list().stream()
                .filter(name -> !LEFT_OUT.containsKey(name))
                .toList();
    }

    /** What is left out and why, by name. */
    static Map<String, String> leftOut() {
        return LEFT_OUT.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }
}
