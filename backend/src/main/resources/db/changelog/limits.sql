--liquibase formatted sql

--changeset recado:limits-1
--comment: What a clinic's plan includes. No row, or null, is without limit. Written by platform work, read by the clinic. See ADR 88.
create table recado.organization_limits (
    organization_id   uuid        not null primary key,
    plan              text        not null,
    lines             integer,
    messages_per_day  integer,
    members           integer,
    storage_megabytes integer,
    changed_at        timestamptz not null,
    changed_by        text        not null,
    constraint organization_limits_plan check (char_length(plan) between 1 and 60),
    constraint organization_limits_sane check (
        lines >= 0 and messages_per_day >= 0 and members >= 1 and storage_megabytes >= 0)
);
call recado.fence('organization_limits');
revoke delete on recado.organization_limits from recado_app;

--changeset recado:limits-2
--comment: How many messages a clinic handed over on its last day with any, by the clinic's own calendar. One row a clinic.
create table recado.message_day (
    organization_id uuid    not null primary key,
    day             date    not null,
    handed          integer not null,
    constraint message_day_handed check (handed >= 0)
);
call recado.fence('message_day');
