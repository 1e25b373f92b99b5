package app.recado.conversations;

import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of conversations follows when two patients are merged. */
@Configuration(proxyBeanMethods = false)
class PatientsOfInbound {

    @Bean
    PatientReference inboundMessagePatient() {
        return new PatientReference("inbound_message", "patient_id");
    }

    /**
     * What their number wrote, also before it was theirs; what came from a number of several patients and was given to none
     * stays. That a message came, and what followed from it, stays too.
     */
    @Bean
    PatientErasure erasedInbound() {
        return PatientErasure.of("inbound_message", """
                update inbound_message
                   set text = null, sender_name = null, phone = null, earlier_texts = null, location = null, contacts = null,
                       identity_change = null, chat_key = 'erased:' || id, sender_key = 'erased:' || id,
                       media_state = case when media_id is not null then 'unavailable' end, media_key = null, media_name = null,
                       media_sha256 = null, needs_staff = false, version = version + 1
                 where %s
                """.formatted(THEIRS))
                .withMedia(
                        "select media_key from inbound_message where %s and media_key is not null".formatted(THEIRS));
    }

    private static final String THEIRS = """
            organization_id = :org
               and (patient_id = any (:cards) or patient_id is null and phone = any (:phones))
            """;

    /**
     * What WhatsApp knows them by, what colleagues wrote for each other about them and by which words they are found. The row stays for the messages that name it and is nobody's: whoever writes from the number
     * later is somebody new. A number that others share stays theirs.
     */
    @Bean
    PatientErasure erasedContacts() {
        var theirs = """
                (select c.id from contact c
                  where c.organization_id = :org
                    and (c.phone = any (:phones)
                         or c.id in (select i.contact_id from inbound_message i
                                      where i.organization_id = :org and i.patient_id = any (:cards))
                         or c.id in (select l.contact_id from contact_link l
                                      where l.organization_id = :org and l.patient_id = any (:cards)
                                        and (l.unlinked_at is null or l.unlinked_at = :now)))
                    and not exists (select from patient_number o
                                     where o.organization_id = :org and o.phone = c.phone and o.id <> all (:cards)))
                """;
        var conversations = "(select v.id from conversation v where v.organization_id = :org and v.contact_id in %s)"
                .formatted(theirs);
        return PatientErasure.of(
                        "contact",
                        "delete from conversation_word where organization_id = :org and conversation_id in "
                                + conversations,
                        "delete from conversation_note where organization_id = :org and conversation_id in "
                                + conversations,
                        "delete from contact_identity where organization_id = :org and contact_id in " + theirs,
                        "update contact set name = null, phone = null, updated_at = :now where organization_id = :org and id in "
                                + theirs)
                .afterOthers();
    }

    @Bean
    PatientData inboundMessageData() {
        return new PatientData("messagesFromPatient", "inbound_message", """
                select json_build_object('sentAt', sent_at, 'phone', phone, 'kind', kind, 'text', text, 'earlierTexts', earlier_texts,
                                         'fileName', media_name, 'fileType', media_type, 'location', location, 'outcome', outcome,
                                         'revokedAt', revoked_at)
                  from inbound_message where organization_id = :org and patient_id = :patient order by sent_at, id
                """);
    }

    /** That somebody said who a contact is stays, and ends. */
    @Bean
    PatientErasure erasedLinks() {
        return PatientErasure.of("contact_link", """
                update contact_link set unlinked_at = :now, unlinked_by = :by, version = version + 1
                 where organization_id = :org and patient_id = any (:cards) and unlinked_at is null
                """);
    }

    @Bean
    PatientReference linkedPatient() {
        return new PatientReference("contact_link", "patient_id");
    }

    @Bean
    PatientData linkData() {
        return new PatientData("conversationLinks", "contact_link", """
                select json_build_object('linkedAt', linked_at, 'linkedBy', linked_by, 'unlinkedAt', unlinked_at,
                                         'unlinkedBy', unlinked_by)
                  from contact_link where organization_id = :org and patient_id = :patient order by linked_at, id
                """);
    }

    @Bean
    PatientData noteData() {
        return new PatientData("conversationNotes", "conversation_note", """
                select json_build_object('writtenAt', n.created_at, 'author', n.author_name, 'text', n.text)
                  from conversation_note n
                  join conversation c on c.organization_id = n.organization_id and c.id = n.conversation_id
                 where n.organization_id = :org
                   and (exists (select from contact_link l
                                 where l.organization_id = :org and l.contact_id = c.contact_id and l.patient_id = :patient
                                   and l.unlinked_at is null)
                        or exists (select from contact o
                                     join patient_number p on p.organization_id = o.organization_id and p.phone = o.phone
                                    where o.organization_id = :org and o.id = c.contact_id and p.id = :patient
                                      and (select count(*) from patient_number s
                                            where s.organization_id = :org and s.phone = o.phone) = 1))
                 order by n.created_at, n.id
                """);
    }
}
