package app.recado.conversations;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.ExpectedVersion;
import app.recado.kernel.Problem;
import app.recado.patients.PatientNumbers;
import app.recado.whatsapp.ContactIds;
import app.recado.whatsapp.Contacts;
import app.recado.whatsapp.InboundReceived;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * WhatsApp said that somebody has another number or identity. Nothing follows from that by itself: numbers are given to
 * other people, so a member of staff agrees or takes care of the message in another way.
 */
@Component
@Transactional
class IdentityChanges {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InboundMessages inbound;
    private final InboundViews views;
    private final Contacts contacts;
    private final PatientNumbers numbers;

    IdentityChanges(
            JdbcClient jdbc,
            JsonMapper json,
            InboundMessages inbound,
            InboundViews views,
            Contacts contacts,
            PatientNumbers numbers) {
        this.jdbc = jdbc;
        this.json = json;
        this.inbound = inbound;
        this.views = views;
        this.contacts = contacts;
        this.numbers = numbers;
    }

    private record Offered(UUID lineId, UUID contactId, ContactIds to) {}

    /**
     * Takes the new number: for the contact, and for every patient reached at the old one.
     *
     * @param by who agrees, as they are called
     * @throws app.recado.kernel.ProblemException {@code not-found}, {@code stale}; {@code message-not-in-that-state} when
     *     it offers no change, or somebody took care of it before
     */
    InboundView accept(UUID id, ExpectedVersion expected, String by) {
        var offered = offered(id, expected);
        var from = contacts.find(offered.contactId()).orElseThrow().phone();
        var to = offered.to().phone();
        contacts.changed(offered.lineId(), offered.contactId(), offered.to());
        if (from != null && to != null && !from.equals(to)) {
            numbers.moved(from, to);
        }
        return inbound.settle(id, by, "identity-accepted");
    }

    private Offered offered(UUID id, ExpectedVersion expected) {
        var view = views.locked(id);
        expected.mustBe(view.version());
        if (view.handledAt() != null || view.contactId() == null) {
            throw Problem.MESSAGE_NOT_IN_THAT_STATE.because("It offers no change, or somebody took care of it");
        }
        return jdbc.sql("""
                        select line_id, contact_id, identity_change from inbound_message
                         where organization_id = ? and id = ? and identity_change is not null
                        """)
                .params(CurrentOrganization.id(), id)
                .query((row, n) -> new Offered(
                        row.getObject("line_id", UUID.class),
                        row.getObject("contact_id", UUID.class),
                        json.readValue(row.getString("identity_change"), InboundReceived.IdentityChange.class)
                                .to()))
                .optional()
                .orElseThrow(() -> Problem.MESSAGE_NOT_IN_THAT_STATE.because("It offers no change"));
    }
}
