--liquibase formatted sql

--changeset recado:maintenance-1
--comment: What all clinics are told of work on Recado itself. Belongs to no organization and names none; written by the platform's administrator alone. See ADR 155.
create table recado.maintenance_notice (
    id         uuid        not null,
    begins_at  timestamptz not null,
    ends_at    timestamptz not null,
    text_es    text        not null,
    text_en    text        not null,
    text_pt    text        not null,
    created_at timestamptz not null,
    created_by text        not null,
    primary key (id),
    constraint maintenance_notice_ends check (ends_at > begins_at)
);
grant select, insert, delete on recado.maintenance_notice to recado_app;
