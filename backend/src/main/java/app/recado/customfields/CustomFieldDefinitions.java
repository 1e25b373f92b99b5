package app.recado.customfields;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Ids;
import app.recado.kernel.Problem;
import app.recado.kernel.SqlTime;
import app.recado.kernel.live.LiveHints;
import app.recado.kernel.security.Caller;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Defines fields and changes them, one change of a clinic's fields at a time. Retired, never deleted: values name a field by its
 * key.
 */
@Service
class CustomFieldDefinitions {

    private final JdbcClient jdbc;
    private final CustomFields fields;
    private final LiveHints hints;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CustomFieldDefinitions(
            JdbcClient jdbc, CustomFields fields, LiveHints hints, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.fields = fields;
        this.hints = hints;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What of a field can change.
     *
     * @param choices of a choice, at least one; empty for all other types
     */
    record Details(String label, List<String> choices, boolean required) {}

    /** @throws app.recado.kernel.ProblemException {@code not-found} */
    @Transactional(readOnly = true)
    public CustomField get(UUID id) {
        return find(id, "");
    }

    /**
     * Defines a field; it stands behind all others about the same.
     *
     * @throws app.recado.kernel.ProblemException {@code invalid-fields} for a key or a label that is taken and for choices that do
     *     not fit, {@code too-many-custom-fields}
     */
    @Transactional
    public CustomField define(FieldSubject subject, String key, FieldType type, Details details) {
        hold();
        mustFit(type, details);
        var there = fields.all(subject);
        if (there.stream().anyMatch(one -> one.key().equals(key))) {
            throw Problem.INVALID_FIELDS.at("/key", "name-taken", "Another field has this key");
        }
        mustBeTheOnly(details.label(), null, there);
        mustHaveRoom();
        var id = Ids.next();
        var by = Caller.current().subject();
        jdbc.sql("""
                        insert into custom_field (organization_id, id, subject, key, label, type, choices, required, position,
                                                  active, created_at, created_by, changed_at, changed_by, version)
                        select :org, :id, :subject, :key, :label, :type, :choices, :required, coalesce(max(position) + 1, 0),
                               true, :now, :by, :now, :by, 0
                          from custom_field where organization_id = :org and subject = :subject
                        """)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .param("subject", subject.wireName())
                .param("key", key)
                .param("label", details.label())
                .param("type", type.wireName())
                .param("choices", details.choices().toArray(String[]::new))
                .param("required", details.required())
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by)
                .update();
        return told(id, "defined");
    }

    /**
     * Changes a field, retires it or brings it back. What is written in it stays.
     *
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}, {@code invalid-fields} for a label that is
     *     taken and for choices that do not fit, {@code too-many-custom-fields} for one that comes back
     */
    @Transactional
    public CustomField change(UUID id, ExpectedVersion expected, Details details, boolean active) {
        hold();
        var before = find(id, " for update");
        expected.mustBe(before.version());
        mustFit(before.type(), details);
        if (active) {
            mustBeTheOnly(details.label(), id, fields.all(before.subject()));
        }
        if (active && !before.active()) {
            mustHaveRoom();
        }
        var by = Caller.current().subject();
        jdbc.sql("""
                        update custom_field
                           set label = :label, choices = :choices, required = :required, active = :active, changed_at = :now,
                               changed_by = :by, version = version + 1
                         where organization_id = :org and id = :id
                        """)
                .param("label", details.label())
                .param("choices", details.choices().toArray(String[]::new))
                .param("required", details.required())
                .param("active", active)
                .param("now", SqlTime.at(clock.instant()))
                .param("by", by)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .update();
        return told(id, active == before.active() ? "changed" : active ? "reactivated" : "retired");
    }

    /**
     * Puts a field at another place among those about the same; the others close up. Their versions stay: a place is nothing that
     * {@link #change} writes.
     *
     * @param position from 0; behind the last it is the last
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}
     */
    @Transactional
    public CustomField move(UUID id, ExpectedVersion expected, int position) {
        hold();
        var field = find(id, " for update");
        expected.mustBe(field.version());
        var order = fields.all(field.subject()).stream()
                .map(CustomField::id)
                .filter(other -> !other.equals(id))
                .collect(Collectors.toCollection(ArrayList::new));
        order.add(Math.min(position, order.size()), id);
        var by = Caller.current().subject();
        jdbc.sql("""
                        update custom_field f set position = o.place - 1
                          from unnest(?) with ordinality as o (id, place)
                         where f.organization_id = ? and f.id = o.id
                        """)
                .param(order.toArray(UUID[]::new))
                .param(CurrentOrganization.id())
                .update();
        jdbc.sql("""
                        update custom_field set changed_at = ?, changed_by = ?, version = version + 1
                         where organization_id = ? and id = ?
                        """)
                .params(SqlTime.at(clock.instant()), by, CurrentOrganization.id(), id)
                .update();
        return told(id, "moved");
    }

    /** Keys, labels, places and how many there are concern all fields of a clinic. */
    private void hold() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(? || '/custom-fields', 0))")
                .param(CurrentOrganization.id().toString())
                .query((row, n) -> n)
                .list();
    }

    private CustomField told(UUID id, String what) {
        hints.changed(LiveHints.Kind.ORGANIZATION, CurrentOrganization.id());
        events.publishEvent(new CustomFieldChanged(id, what));
        return find(id, "");
    }

    private static void mustFit(FieldType type, Details details) {
        if ((type == FieldType.CHOICE) == details.choices().isEmpty()) {
            throw Problem.INVALID_FIELDS.at(
                    "/choices", "out-of-range", "A choice has at least one choice, and nothing else has any");
        }
        for (int i = 0; i < details.choices().size(); i++) {
            var choice = details.choices().get(i);
            if (choice.isBlank()) {
                throw Problem.INVALID_FIELDS.at("/choices/" + i, "required", "A choice says something");
            }
            if (details.choices().indexOf(choice) < i) {
                throw Problem.INVALID_FIELDS.at("/choices/" + i, "repeated", "Each choice once");
            }
        }
    }

    /** Columns of files are told apart by their labels. */
    private static void mustBeTheOnly(String label, @Nullable UUID but, List<CustomField> there) {
        if (there.stream()
                .anyMatch(one ->
                        one.active() && !one.id().equals(but) && one.label().equalsIgnoreCase(label))) {
            throw Problem.INVALID_FIELDS.at("/label", "name-taken", "Another field in use has this name");
        }
    }

    private void mustHaveRoom() {
        if (fields.all(null).stream().filter(CustomField::active).count() >= CustomFields.MOST) {
            throw Problem.TOO_MANY_CUSTOM_FIELDS.because(
                    "A clinic has at most %d fields in use".formatted(CustomFields.MOST));
        }
    }

    private CustomField find(UUID id, String locking) {
        return jdbc.sql(CustomFields.SELECT + " and id = :id" + locking)
                .param("org", CurrentOrganization.id())
                .param("id", id)
                .query((row, n) -> CustomFields.field(row))
                .optional()
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no such field"));
    }
}
