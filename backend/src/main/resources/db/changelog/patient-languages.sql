--liquibase formatted sql

--changeset recado:patient-languages-1
--comment: What patients speak beside the language they are written to in, as codes of ISO 639.
alter table recado.patient
    add column other_languages text[] not null default '{}',
    add constraint patient_other_languages check (cardinality(other_languages) <= 5) not valid;
