--liquibase formatted sql

--changeset recado:verification-1
--comment: Codes by which somebody proves that a phone is theirs leave through the outbox, to the contact behind the phone.
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind
        check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent', 'verification')),
    drop constraint message_that_is_written_has_content,
    add constraint message_that_is_written_has_content
        check (kind not in ('manual', 'consent', 'verification') or content is not null),
    drop constraint message_about_a_visit_is_for_a_patient,
    add constraint message_about_a_visit_is_for_a_patient
        check (patient_id is not null or kind in ('manual', 'consent', 'verification'));
