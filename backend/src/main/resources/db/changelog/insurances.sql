--liquibase formatted sql

--changeset recado:insurances-1
--comment: Who pays: obra social, convênio, EPS. Without practitioners or services all accept it.
create table recado.insurance (
    organization_id uuid        not null,
    id              uuid        not null,
    name            text        not null,
    active          boolean     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint insurance_name check (char_length(name) between 1 and 100)
);
call recado.fence('insurance');

create table recado.insurance_practitioner (
    organization_id uuid not null,
    insurance_id    uuid not null,
    practitioner_id uuid not null,
    primary key (organization_id, insurance_id, practitioner_id),
    foreign key (organization_id, insurance_id) references recado.insurance (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id)
);
call recado.fence('insurance_practitioner');

create table recado.insurance_service (
    organization_id       uuid not null,
    insurance_id          uuid not null,
    healthcare_service_id uuid not null,
    primary key (organization_id, insurance_id, healthcare_service_id),
    foreign key (organization_id, insurance_id) references recado.insurance (organization_id, id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id)
);
call recado.fence('insurance_service');

--changeset recado:insurances-2
--comment: Null when the patient pays, or nobody said.
alter table recado.appointment
    add column insurance_id uuid,
    add foreign key (organization_id, insurance_id) references recado.insurance (organization_id, id);
