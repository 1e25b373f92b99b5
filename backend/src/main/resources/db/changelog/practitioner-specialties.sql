--liquibase formatted sql

--changeset recado:practitioner-specialties-1
--comment: What a practitioner does beside the first specialty, which stays in its column: the version before reads and writes that one.
alter table recado.practitioner
    add column other_specialties text[] not null default '{}',
    add constraint practitioner_other_specialties check (cardinality(other_specialties) <= 4);
