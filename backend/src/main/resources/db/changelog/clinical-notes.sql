--liquibase formatted sql

--changeset recado:clinical-notes-1
--comment: What practitioners write down about a patient for each other, on its own or about a visit. See ADR 47.
create table recado.clinical_note (
    organization_id   uuid        not null,
    id                uuid        not null,
    patient_id        uuid        not null,
    appointment_id    uuid,
    text              text        not null,
    author            text        not null,
    author_name       text        not null,
    written_at        timestamptz not null,
    corrected_at      timestamptz,
    corrected_by      text,
    corrected_by_name text,
    version           bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id),
    constraint clinical_note_text check (char_length(text) between 1 and 4000),
    constraint clinical_note_corrected check (
        (corrected_at is null) = (corrected_by is null) and (corrected_at is null) = (corrected_by_name is null))
);
create index clinical_note_of_patient on recado.clinical_note (organization_id, patient_id, written_at, id);
create index clinical_note_of_appointment on recado.clinical_note (organization_id, appointment_id) where appointment_id is not null;
call recado.fence('clinical_note');

--changeset recado:clinical-notes-2
--comment: What a note said before it was corrected. Added to, never changed; it goes with the person.
create table recado.clinical_note_revision (
    organization_id uuid        not null,
    note_id         uuid        not null,
    version         bigint      not null,
    text            text        not null,
    author_name     text        not null,
    written_at      timestamptz not null,
    primary key (organization_id, note_id, version),
    foreign key (organization_id, note_id) references recado.clinical_note (organization_id, id)
);
call recado.fence('clinical_note_revision');
revoke update on recado.clinical_note_revision from recado_app;

--changeset recado:clinical-notes-3
--comment: Looking at notes is a part of its own.
alter table recado.patient_read
    drop constraint patient_read_part,
    add constraint patient_read_part check (
        part in ('record', 'visits', 'messages', 'search-results', 'register', 'register-export', 'personal-data',
                 'clinical-notes'));
