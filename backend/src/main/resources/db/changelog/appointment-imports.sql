--liquibase formatted sql

--changeset recado:appointment-imports-1
--comment: The pipeline that reads files of patients reads files of visits too. The tables keep their name: programs of the version before know them by it.
alter table recado.patient_import
    add column kind    text  not null default 'patients',
    add column options jsonb not null default '{}',
    add constraint patient_import_kind check (kind in ('patients', 'appointments'));
alter table recado.patient_import_row add column record_id uuid;

--changeset recado:appointment-imports-2
--comment: What another system called a visit: the same file again finds it. Null for nearly all.
alter table recado.appointment
    add column external_id text collate "C",
    drop constraint appointment_source,
    add constraint appointment_source check (source in ('desk', 'online', 'bot', 'api', 'import')),
    add constraint appointment_external_id check (char_length(external_id) between 1 and 100);
create unique index appointment_external on recado.appointment (organization_id, external_id) where external_id is not null;
