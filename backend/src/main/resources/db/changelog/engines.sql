--liquibase formatted sql

--changeset recado:engines-1
--comment: What a provider gave a clinic for a line, sealed for that line alone. last4 is for people to recognise it by.
create table recado.whatsapp_line_credentials (
    organization_id uuid        not null,
    line_id         uuid        not null,
    sealed          text        not null,
    last4           text        not null,
    set_at          timestamptz not null,
    set_by          text        not null,
    primary key (organization_id, line_id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
call recado.fence('whatsapp_line_credentials');

--changeset recado:engines-2
--comment: Which line a webhook's address stands for. Looked up before any organization is known, so it is not fenced and holds ids only.
create table recado.webhook_address (
    id              uuid not null primary key,
    organization_id uuid not null,
    line_id         uuid not null,
    constraint webhook_address_one_per_line unique (organization_id, line_id)
);
grant select, insert, delete on recado.webhook_address to recado_app;

--changeset recado:engines-3
--comment: Messages handed to an engine that is called over HTTP, and how far each came: what the gateway keeps for linked devices.
create table recado.engine_command (
    organization_id     uuid        not null,
    message_id          uuid        not null,
    line_id             uuid        not null,
    seq                 bigint      generated always as identity,
    provider_message_id text        not null,
    hash                text        not null,
    recipient           text,
    payload             text,
    state               text        not null,
    reason              text,
    not_after           timestamptz not null,
    next_attempt_at     timestamptz,
    attempts            integer     not null default 0,
    provider_id         text,
    updated_at          timestamptz not null,
    primary key (organization_id, message_id),
    constraint engine_command_state check (state in
        ('accepted', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'withdrawn', 'expired')),
    constraint engine_command_open_is_complete check (state not in ('accepted', 'sending')
        or (recipient is not null and payload is not null and next_attempt_at is not null)),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index engine_command_due on recado.engine_command (next_attempt_at, organization_id, line_id)
    where next_attempt_at is not null;
create index engine_command_open on recado.engine_command (organization_id, line_id, recipient, seq)
    where state in ('accepted', 'sending');
create index engine_command_provider_id on recado.engine_command (organization_id, line_id, provider_id)
    where provider_id is not null;
create index engine_command_age on recado.engine_command (organization_id, updated_at);
call recado.fence('engine_command');
grant select (organization_id, line_id, next_attempt_at) on recado.engine_command to recado_worker;

--changeset recado:engines-4
--comment: Statuses that providers told, each once: they repeat them for a day, and tell some before we know the message's id.
create table recado.engine_receipt (
    organization_id uuid        not null,
    line_id         uuid        not null,
    provider_id     text        not null,
    state           text        not null,
    reason          text,
    at              timestamptz not null,
    received_at     timestamptz not null,
    primary key (organization_id, line_id, provider_id, state),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index engine_receipt_age on recado.engine_receipt (organization_id, received_at);
call recado.fence('engine_receipt');

--changeset recado:engines-5
--comment: Who sends for a line now, and until when nothing leaves it.
create table recado.engine_lane (
    organization_id uuid        not null,
    line_id         uuid        not null,
    leased_by       uuid,
    leased_until    timestamptz,
    not_before      timestamptz,
    failures        integer     not null default 0,
    last_turn_at    timestamptz not null,
    primary key (organization_id, line_id)
);
call recado.fence('engine_lane');
grant select (organization_id, line_id, leased_by, leased_until, not_before, failures, last_turn_at),
      insert (organization_id, line_id, leased_by, leased_until, not_before, failures, last_turn_at),
      update (leased_by, leased_until, not_before, failures, last_turn_at)
   on recado.engine_lane to recado_worker;

--changeset recado:engines-6
--comment: When a paused line is to be looked at again; the watch over all lines asks as the worker.
grant select (next_attempt_at) on recado.whatsapp_line to recado_worker;

--changeset recado:engines-7
--comment: Media that patients sent and that is still to be fetched from the provider. The id is the one the message announced.
create table recado.engine_media (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    reference       text        not null,
    next_attempt_at timestamptz,
    attempts        integer     not null default 0,
    announced_at    timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index engine_media_due on recado.engine_media (next_attempt_at) where next_attempt_at is not null;
create index engine_media_age on recado.engine_media (organization_id, announced_at);
call recado.fence('engine_media');
grant select (organization_id, id, next_attempt_at) on recado.engine_media to recado_worker;

--changeset recado:engines-8
--comment: How often a provider fetched what goes with a message; the address it was told works a few times only.
alter table recado.engine_command add column media_fetches integer not null default 0;

--changeset recado:engines-9
--comment: Patients' messages that are to be marked as read at the platform, and our answer that follows. A courtesy: dropped when it fails.
create table recado.engine_read_mark (
    organization_id uuid        not null,
    line_id         uuid        not null,
    provider_id     text        not null,
    answer_id       uuid,
    next_attempt_at timestamptz,
    attempts        integer     not null default 0,
    wanted_at       timestamptz not null,
    primary key (organization_id, line_id, provider_id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index engine_read_mark_due on recado.engine_read_mark (next_attempt_at, organization_id, line_id)
    where next_attempt_at is not null;
create index engine_read_mark_age on recado.engine_read_mark (organization_id, wanted_at);
call recado.fence('engine_read_mark');
grant select (organization_id, line_id, next_attempt_at) on recado.engine_read_mark to recado_worker;
