package app.recado.messaging;

import app.recado.patients.PatientData;
import app.recado.patients.PatientErasure;
import app.recado.patients.PatientReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What of messages follows when two patients are merged, and stands in the copy of a patient's data. */
@Configuration(proxyBeanMethods = false)
class PatientsOfMessages {

    @Bean
    PatientReference messagePatient() {
        return new PatientReference("message", "patient_id");
    }

    /**
     * That a message went, and when, stays; words, number and files go, files that others got too and those of flows excepted. Of what was
     * written by hand its kind stays, because it is one. What was written to a number before it was theirs is about them too, and
     * so is what told others of the household of their visit.
     */
    @Bean
    PatientErasure erasedMessages() {
        return PatientErasure.of(
                        "message", """
                delete from outbound_media
                 where organization_id = :org and not kept and key in (
                       select m.content #>> '{media,key}' from message m where %1$s)
                   and key not in (
                       select o.content #>> '{media,key}' from message o
                        where o.organization_id = :org and o.content #>> '{media,key}' is not null and not (%2$s))
                """.formatted(theirs("m"), theirs("o")), """
                update message m
                   set phone = null, recipient = null, text = null, version = version + 1,
                       content = case when content is not null then jsonb_build_object('kind', 'text', 'text', '') end
                 where %s
                """.formatted(theirs("m")), """
                update message m
                   set text = null, version = version + 1,
                       content = case when content is not null then jsonb_build_object('kind', 'text', 'text', '') end
                 where m.organization_id = :org
                   and coalesce(m.lead_id, m.id) in (
                       select coalesce(c.lead_id, c.id) from message c where (c.leads or c.lead_id is not null) and %s)
                """.formatted(
                                        theirs("c")))
                .unless(
                        """
                select exists (select from message m where %s
                                  and (m.state in ('handed', 'accepted', 'sending') or m.next_attempt_at is not null))
                """.formatted(theirs("m")),
                        "A message to them is under way; try again when it has left, or was taken back")
                .withMedia("""
                select distinct m.content #>> '{media,key}' from message m
                 where %1$s and m.content #>> '{media,key}' is not null
                   and m.content #>> '{media,key}' not in (
                       select key from outbound_media where organization_id = :org and kept)
                   and not exists (select from message o
                                    where o.organization_id = :org and not (%2$s)
                                      and o.content #>> '{media,key}' = m.content #>> '{media,key}')
                """.formatted(theirs("m"), theirs("o")));
    }

    private static String theirs(String message) {
        return """
               %1$s.organization_id = :org and (coalesce(%1$s.patient_id = any (:cards), false)
                   or coalesce(%1$s.contact_id in (
                      select c.id from contact c where c.organization_id = :org and c.phone = any (:phones)), false))
               """.formatted(message);
    }

    @Bean
    PatientData messageData() {
        return new PatientData("messagesToPatient", "message", """
                select json_build_object('kind', kind, 'state', state, 'phone', phone,
                                         'text', coalesce(text, content ->> 'text', content ->> 'caption'), 'fileName', content ->> 'fileName',
                                         'dueAt', due_at, 'sentAt', out_at)
                  from message where organization_id = :org and patient_id = :patient order by due_at, id
                """);
    }
}
