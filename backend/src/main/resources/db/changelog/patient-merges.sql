--liquibase formatted sql

--changeset recado:patient-merges-1
--comment: A patient who turned out to be another one stays as a row without phone, papers and remarks, and names who they are now (FHIR Patient.link, replaced-by). See ADR 38.
alter table recado.patient
    add column replaced_by uuid,
    add column replaced_at timestamptz,
    add constraint patient_replaced_by
        foreign key (organization_id, replaced_by) references recado.patient (organization_id, id),
    add constraint patient_replaced check (
        (replaced_by is null) = (replaced_at is null)
        and (replaced_by is null or replaced_by <> id and archived_at is not null and phone is null and identifiers = '{}'));
create index inbound_message_of_patient on recado.inbound_message (organization_id, patient_id) where patient_id is not null;
create index patient_replaced on recado.patient (organization_id, replaced_by) where replaced_by is not null;
drop index recado.patient_archived_by_name;
create index patient_archived_by_name on recado.patient (organization_id, sort_name, id)
    where archived_at is not null and replaced_by is null;

--changeset recado:patient-merges-2
--comment: What a merge changed, so that it can be undone: both patients as they were, the survivor as it became, and which rows of other tables changed hands. Goes when it can no longer be undone.
create table recado.patient_merge (
    organization_id uuid        not null,
    id              uuid        not null,
    survivor_id     uuid        not null,
    replaced_id     uuid        not null,
    survivor_before jsonb       not null,
    survivor_after  jsonb       not null,
    replaced_before jsonb       not null,
    merged_at       timestamptz not null,
    merged_by       text        not null,
    undone_at       timestamptz,
    undone_by       text,
    primary key (organization_id, id),
    foreign key (organization_id, survivor_id) references recado.patient (organization_id, id) on delete cascade,
    foreign key (organization_id, replaced_id) references recado.patient (organization_id, id) on delete cascade,
    constraint patient_merge_undone check ((undone_at is null) = (undone_by is null))
);
create index patient_merge_of_survivor on recado.patient_merge (organization_id, survivor_id, merged_at);
create index patient_merge_of_replaced on recado.patient_merge (organization_id, replaced_id);
create index patient_merge_age on recado.patient_merge (organization_id, merged_at);
call recado.fence('patient_merge');
create table recado.patient_merge_reference (
    organization_id uuid not null,
    merge_id        uuid not null,
    place           text not null,
    reference_id    uuid not null,
    primary key (organization_id, merge_id, place, reference_id),
    foreign key (organization_id, merge_id) references recado.patient_merge (organization_id, id) on delete cascade
);
call recado.fence('patient_merge_reference');

--changeset recado:patient-merges-3
--comment: Pairs of patients who look alike and of whom somebody said that they are two people; the lower id stands first.
create table recado.patient_distinction (
    organization_id uuid        not null,
    one_id          uuid        not null,
    other_id        uuid        not null,
    said_at         timestamptz not null,
    said_by         text        not null,
    primary key (organization_id, one_id, other_id),
    foreign key (organization_id, one_id) references recado.patient (organization_id, id) on delete cascade,
    foreign key (organization_id, other_id) references recado.patient (organization_id, id) on delete cascade,
    constraint patient_distinction_order check (one_id < other_id)
);
create index patient_distinction_other on recado.patient_distinction (organization_id, other_id);
call recado.fence('patient_distinction');
