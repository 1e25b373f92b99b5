--liquibase formatted sql

--changeset recado:patient-identifiers-1
--comment: Numbers by which papers name a patient, gender, e-mail and tags stand in the row. An archived patient is left out of lists, and nothing refers to them less.
alter table recado.patient
    add column identifiers text[] not null default '{}',
    add column gender      text,
    add column email       text,
    add column tags        text[] not null default '{}',
    add column archived_at timestamptz,
    add column archived_by text,
    add constraint patient_gender check (gender in ('female', 'male', 'other', 'unknown')),
    add constraint patient_email check (char_length(email) between 3 and 254),
    add constraint patient_tags check (cardinality(tags) <= 10 and cardinality(identifiers) <= 9),
    add constraint patient_archived check ((archived_at is null) = (archived_by is null));

--changeset recado:patient-identifiers-2
--comment: Whose each identifier is. One of them belongs to one patient of a clinic, and a patient has one of each kind.
create table recado.patient_identifier (
    organization_id uuid not null,
    kind            text not null,
    value           text not null collate "C",
    patient_id      uuid not null,
    primary key (organization_id, kind, value),
    unique (organization_id, patient_id, kind),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade,
    constraint patient_identifier_kind check (
        kind in ('ar-dni', 'br-cpf', 'cl-rut', 'co-cc', 'ec-ci', 'mx-curp', 'pe-dni', 'uy-ci', 'passport')),
    constraint patient_identifier_value check (value ~ '^[0-9A-Z]{5,18}$')
);
call recado.fence('patient_identifier');

--changeset recado:patient-identifiers-3
--comment: The register is walked without archived patients, or with them alone; both in its order.
drop index recado.patient_by_name;
create index patient_by_name on recado.patient (organization_id, sort_name, id) where archived_at is null;
create index patient_archived_by_name on recado.patient (organization_id, sort_name, id) where archived_at is not null;

--changeset recado:patient-identifiers-4
--comment: Who was born on a day, for the comparison with a card that is being written.
create index patient_by_birth_date on recado.patient (organization_id, birth_date, id) where birth_date is not null;
