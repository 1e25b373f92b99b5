--liquibase formatted sql

--changeset recado:clinic-figures-1
--comment: What each clinic uses, as numbers, counted by itself every hour; kept under the nil organization so that the platform can sort by them. Null where it is not known. See ADR 98.
create table recado.clinic_figures (
    organization_id uuid        not null,
    id              uuid        not null,
    at              timestamptz not null,
    plan            text,
    plan_use        integer,
    members         bigint,
    lines           bigint      not null,
    lines_linked    bigint      not null,
    lines_down      bigint      not null,
    messages_month  bigint      not null,
    storage_bytes   bigint      not null,
    primary key (organization_id, id)
);
call recado.fence('clinic_figures');
