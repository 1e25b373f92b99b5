--liquibase formatted sql

--changeset recado:webhooks-1
--comment: Addresses of other systems that are told of what happens. Secrets are sealed; the former one signs too until former_until.
create table recado.webhook_endpoint (
    organization_id uuid        not null,
    id              uuid        not null,
    url             text        not null,
    description     text        not null,
    event_types     text[]      not null,
    state           text        not null,
    cause           text,
    secret          text        not null,
    former_secret   text,
    former_until    timestamptz,
    failing_since   timestamptz,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint webhook_endpoint_state check (state in ('active', 'paused', 'disabled'))
);
call recado.fence('webhook_endpoint');

--changeset recado:webhooks-2
--comment: What happened, written by the transaction in which it happened, once for all endpoints that are told of it. number grows with each event of a record.
create table recado.webhook_event (
    organization_id uuid        not null,
    id              uuid        not null,
    number          bigint      generated always as identity,
    type            text        not null,
    resource_id     uuid        not null,
    facts           jsonb       not null,
    occurred_at     timestamptz not null,
    primary key (organization_id, id)
);
create index webhook_event_age on recado.webhook_event (organization_id, occurred_at);
call recado.fence('webhook_event');

--changeset recado:webhooks-3
--comment: Which endpoint has been told of which event, and when it is told again.
create table recado.webhook_delivery (
    organization_id uuid        not null,
    endpoint_id     uuid        not null,
    event_id        uuid        not null,
    number          bigint      not null,
    state           text        not null,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz,
    occurred_at     timestamptz not null,
    primary key (organization_id, endpoint_id, event_id),
    foreign key (organization_id, endpoint_id) references recado.webhook_endpoint (organization_id, id) on delete cascade,
    foreign key (organization_id, event_id) references recado.webhook_event (organization_id, id) on delete cascade,
    constraint webhook_delivery_state check (state in ('pending', 'delivered', 'failed')),
    constraint webhook_delivery_next check ((state = 'pending') = (next_attempt_at is not null))
);
create index webhook_delivery_due on recado.webhook_delivery (organization_id, endpoint_id, next_attempt_at, number)
    where state = 'pending';
create index webhook_delivery_latest on recado.webhook_delivery (organization_id, endpoint_id, number);
create index webhook_delivery_event on recado.webhook_delivery (organization_id, event_id);
call recado.fence('webhook_delivery');

--changeset recado:webhooks-4
--comment: What an endpoint answered, the beginning of it.
create table recado.webhook_attempt (
    organization_id uuid        not null,
    endpoint_id     uuid        not null,
    event_id        uuid        not null,
    number          integer     not null,
    at              timestamptz not null,
    millis          integer     not null,
    status          integer,
    cause           text,
    answer          text,
    primary key (organization_id, endpoint_id, event_id, number),
    foreign key (organization_id, endpoint_id, event_id)
        references recado.webhook_delivery (organization_id, endpoint_id, event_id) on delete cascade
);
call recado.fence('webhook_attempt');
