--liquibase formatted sql

--changeset recado:tickets-1
--comment: What somebody wants of the clinic and how far it came, with a number that people can name. One is open in a conversation at a time. See ADR 77.
create table recado.ticket (
    organization_id   uuid        not null,
    id                uuid        not null,
    number            bigint      not null,
    conversation_id   uuid        not null,
    category          text,
    category_by       text,
    state             text        not null,
    opened_at         timestamptz not null,
    -- Whoever opened it by hand; null when a message did.
    opened_by         text,
    first_answered_at timestamptz,
    first_answered_by text,
    acknowledged_at   timestamptz,
    closed_at         timestamptz,
    closed_by         text,
    version           bigint      not null default 0,
    primary key (organization_id, id),
    constraint ticket_number unique (organization_id, number),
    constraint ticket_state check (state in ('open', 'in-progress', 'closed')),
    constraint ticket_category check (category in ('appointment', 'complaint', 'documents', 'information', 'order', 'payment', 'urgency')),
    constraint ticket_category_by check (category_by in ('staff', 'rule', 'model') and (category is null) = (category_by is null)),
    constraint ticket_closed check ((state = 'closed') = (closed_at is not null)),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create unique index ticket_open on recado.ticket (organization_id, conversation_id) where state <> 'closed';
create index ticket_of_conversation on recado.ticket (organization_id, conversation_id, opened_at desc);
create index ticket_by_time on recado.ticket (organization_id, opened_at desc, id desc);
call recado.fence('ticket');

--changeset recado:tickets-2
--comment: The last number a clinic's ticket has, and for what tickets are opened by themselves.
create table recado.ticket_settings (
    organization_id  uuid    not null primary key,
    last_number      bigint  not null default 0,
    opened_for       text[]  not null default '{}',
    rules            jsonb   not null default '[]',
    version          bigint  not null default 0
);
call recado.fence('ticket_settings');
