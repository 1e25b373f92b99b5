--liquibase formatted sql

--changeset recado:households-1
--comment: People one of whom answers a phone for the others (FHIR RelatedPerson): who that is, and at which number. See ADR 39.
create table recado.household (
    organization_id uuid        not null,
    id              uuid        not null,
    given_name      text,
    family_name     text,
    sort_name       text        not null collate "C",
    phone           text        not null collate "C",
    created_at      timestamptz not null,
    created_by      text        not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint household_names check (
        coalesce(given_name, family_name) is not null
        and char_length(given_name) between 1 and 100 and char_length(family_name) between 1 and 100),
    constraint household_phone check (phone ~ '^\+[1-9][0-9]{6,14}$')
);
create index household_by_phone on recado.household (organization_id, phone);
call recado.fence('household');

--changeset recado:households-2
--comment: Whom of the patients that person answers for, and what they are to them. A child may stand in two households.
create table recado.household_member (
    organization_id uuid   not null,
    id              uuid   not null,
    household_id    uuid   not null,
    patient_id      uuid   not null,
    relationship    text   not null,
    version         bigint not null default 0,
    primary key (organization_id, id),
    foreign key (organization_id, household_id) references recado.household (organization_id, id) on delete cascade,
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade,
    constraint household_member_relationship check (
        relationship in ('self', 'mother', 'father', 'grandparent', 'guardian', 'spouse', 'child', 'sibling', 'other'))
);
create index household_member_of_household on recado.household_member (organization_id, household_id);
create index household_member_of_patient on recado.household_member (organization_id, patient_id);
call recado.fence('household_member');

--changeset recado:households-3
--comment: A row per beginning of a word of the contact's name, by which the patients are found too.
create table recado.household_search (
    organization_id uuid not null,
    token           text not null collate "C",
    household_id    uuid not null,
    primary key (organization_id, token, household_id),
    foreign key (organization_id, household_id) references recado.household (organization_id, id) on delete cascade
);
create index household_search_of_household on recado.household_search (organization_id, household_id);
call recado.fence('household_search');
