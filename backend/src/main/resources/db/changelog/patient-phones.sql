--liquibase formatted sql

--changeset recado:patient-phones-1
--comment: Whose the number is that is written to, and the other numbers of a patient, in order. phone and phone_extension stay the number that is written to, so the version before reads and writes what it knows. See ADR 81.
alter table recado.patient
    add column phone_owner      text,
    add column phone_owner_name text,
    add column other_phones     jsonb not null default '[]',
    add constraint patient_phone_owner check (
        phone_owner in ('self', 'mother', 'father', 'grandparent', 'guardian', 'spouse', 'child', 'sibling', 'other')) not valid,
    add constraint patient_phone_owner_name check (char_length(phone_owner_name) between 1 and 60) not valid,
    add constraint patient_other_phones check (jsonb_typeof(other_phones) = 'array' and jsonb_array_length(other_phones) <= 10) not valid,
    add constraint patient_erased_has_no_phones check (
        erased_at is null or (phone_owner is null and phone_owner_name is null and other_phones = '[]')) not valid;

--changeset recado:patient-phones-2
alter table recado.patient validate constraint patient_phone_owner;
alter table recado.patient validate constraint patient_phone_owner_name;
alter table recado.patient validate constraint patient_other_phones;
alter table recado.patient validate constraint patient_erased_has_no_phones;

--changeset recado:patient-phones-3
--comment: Whose each of these other numbers is: families share them. own says that it is the patient's own. Made of the row, as patient_identifier is.
create table recado.patient_other_phone (
    organization_id uuid    not null,
    phone           text    not null collate "C",
    patient_id      uuid    not null,
    own             boolean not null,
    primary key (organization_id, phone, patient_id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade,
    constraint patient_other_phone_number check (phone ~ '^\+[1-9][0-9]{6,14}$')
);
create index patient_other_phone_of on recado.patient_other_phone (organization_id, patient_id);
call recado.fence('patient_other_phone');

--changeset recado:patient-phones-4
--comment: Everybody who has a number, whichever of theirs it is, each branch by its index. written_to: messages go there.
create view recado.patient_number with (security_invoker = true) as
select organization_id, phone, id, true as written_to from recado.patient where phone is not null
union all
select organization_id, phone, patient_id, false from recado.patient_other_phone;
grant select on recado.patient_number to recado_app;

--changeset recado:patient-phones-5
--comment: Whether the number of a contact has WhatsApp, as lines found out, and when. Null while none did.
alter table recado.contact
    add column on_whatsapp    boolean,
    add column on_whatsapp_at timestamptz;
