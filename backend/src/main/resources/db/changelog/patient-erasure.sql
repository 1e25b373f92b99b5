--liquibase formatted sql

--changeset recado:patient-erasure-1
--comment: A person who was taken out of the records. Their row stays for the visits and messages that name it, and holds nothing of them any more. See ADR 45.
alter table recado.patient
    add column erased_at timestamptz,
    add column erased_by text,
    add constraint patient_erased check (
        (erased_at is null) = (erased_by is null)
        and (erased_at is null or archived_at is not null and given_name = '—' and family_name is null and sort_name = ''
             and phone is null and birth_date is null and notes is null and gender is null and email is null
             and identifiers = '{}' and tags = '{}' and messaging = 'opted-out'));

--changeset recado:patient-erasure-2
--comment: What was said at a step of a visit goes with the person; that there was a step stays.
grant update (text) on recado.appointment_event to recado_app;
