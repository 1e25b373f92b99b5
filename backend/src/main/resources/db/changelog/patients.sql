--liquibase formatted sql

--changeset recado:patients-1
--comment: The register of patients. What changed somebody's wish to be written to stands in the row: when, and by whom.
create table recado.patient (
    organization_id uuid        not null,
    id              uuid        not null,
    given_name      text        not null,
    family_name     text        not null,
    sort_name       text        not null collate "C",
    phone           text        collate "C",
    birth_date      date,
    language        text        not null,
    notes           text,
    messaging       text        not null,
    opted_out_at    timestamptz,
    opted_out_by    text,
    opted_in_at     timestamptz,
    opted_in_by     text,
    created_at      timestamptz not null,
    created_by      text        not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint patient_names check (char_length(given_name) between 1 and 100 and char_length(family_name) between 1 and 100),
    constraint patient_phone check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint patient_language check (language in ('es', 'en', 'pt-BR')),
    constraint patient_notes check (char_length(notes) <= 500),
    constraint patient_messaging check (messaging in ('allowed', 'opted-out')),
    constraint patient_opt_out_is_explained
        check (messaging = 'allowed' or (opted_out_at is not null and opted_out_by is not null))
);
create index patient_by_name on recado.patient (organization_id, sort_name, id);
create index patient_by_phone on recado.patient (organization_id, phone) where phone is not null;
call recado.fence('patient');

--changeset recado:patients-2
--comment: One row per word of a name and per ending of a phone number, so that a search is a range of this index: under row-level security only leakproof comparisons reach an index, and LIKE, ILIKE and full text are not.
create table recado.patient_search (
    organization_id uuid not null,
    token           text not null collate "C",
    patient_id      uuid not null,
    primary key (organization_id, token, patient_id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade
);
create index patient_search_of_patient on recado.patient_search (organization_id, patient_id, token);
call recado.fence('patient_search');
