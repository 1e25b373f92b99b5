--liquibase formatted sql

--changeset recado:optician-migration-1
--comment: What was made of rows of another system, by its ids: moving them again makes nothing twice, also when the person was erased since. Ids only. See ADR 50.
create table recado.migrated_record (
    organization_id uuid        not null,
    kind            text        not null,
    external_id     text        collate "C" not null,
    record_id       uuid        not null,
    created_at      timestamptz not null,
    primary key (organization_id, kind, external_id),
    constraint migrated_record_external_id check (char_length(external_id) between 1 and 100)
);
call recado.fence('migrated_record');
revoke update, delete on recado.migrated_record from recado_app;

--changeset recado:optician-migration-2
--comment: Pictures and documents on patients' cards; their bytes lie in the media store.
create table recado.patient_file (
    organization_id uuid        not null,
    id              uuid        not null,
    patient_id      uuid        not null,
    appointment_id  uuid,
    name            text        not null,
    content_type    text        not null,
    size            bigint      not null,
    sha256          text        not null,
    media_key       text        not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id),
    constraint patient_file_name check (char_length(name) between 1 and 200)
);
create index patient_file_of_patient on recado.patient_file (organization_id, patient_id, created_at, id);
create index patient_file_of_appointment on recado.patient_file (organization_id, appointment_id) where appointment_id is not null;
create index patient_file_media on recado.patient_file (organization_id, media_key);
call recado.fence('patient_file');
