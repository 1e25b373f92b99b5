--liquibase formatted sql

--changeset recado:replies-1
--comment: Messages to somebody who is no patient, addressed by phone or by what the line's engine knows them by. See ADR 20.
alter table recado.message
    add column contact_id uuid,
    -- How the line's engine addresses somebody whose phone was not known when it was handed over.
    add column recipient  text,
    alter column patient_id drop not null,
    add constraint message_contact
        foreign key (organization_id, contact_id) references recado.contact (organization_id, id),
    add constraint message_is_for_one check (num_nonnulls(patient_id, contact_id) = 1),
    add constraint message_about_a_visit_is_for_a_patient
        check (patient_id is not null or kind in ('manual', 'consent')),
    drop constraint message_handed_is_complete,
    add constraint message_handed_is_complete check (state not in ('handed', 'accepted')
        or (line_id is not null and provider_message_id is not null and (phone is not null or recipient is not null)
            and (text is not null or content is not null)));
create index message_of_contact on recado.message (organization_id, contact_id) where contact_id is not null;

--changeset recado:replies-2
--comment: A conversation is that of a patient or of a contact. These indexes hold unsettled messages alone, so they are small.
create index message_waiting on recado.message (organization_id, rank, useful_until, due_at, id)
    include (patient_id, contact_id, line_id) where ready;
create index message_waiting_of_conversation on recado.message (organization_id, coalesce(patient_id, contact_id)) where ready;
create index message_holding_conversation on recado.message (organization_id, coalesce(patient_id, contact_id), phone)
    where holds_conversation;
drop index recado.message_ready;
drop index recado.message_holding;

--changeset recado:replies-3
--comment: What somebody said about being written to whose phone nobody knows. It holds for their number once that is told.
alter table recado.phone_consent
    add column contact_id uuid,
    alter column phone drop not null,
    add constraint phone_consent_is_of_one check (num_nonnulls(phone, contact_id) = 1);
create index phone_consent_of_contact on recado.phone_consent (organization_id, contact_id, purpose, said_at, id)
    where contact_id is not null;

--changeset recado:replies-4
--comment: The same two indexes over an expression that may be looked up behind row-level security: coalesce counts as leaky there, case does not.
create index message_waiting_of_person on recado.message
    (organization_id, (case when patient_id is null then contact_id else patient_id end)) where ready;
create index message_holding_person on recado.message
    (organization_id, (case when patient_id is null then contact_id else patient_id end), phone) where holds_conversation;
drop index recado.message_waiting_of_conversation;
drop index recado.message_holding_conversation;
