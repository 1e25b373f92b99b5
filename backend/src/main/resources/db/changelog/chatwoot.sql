--liquibase formatted sql

--changeset recado:chatwoot-1
--comment: People who answer in another system, by the name they have there. They are no members: nobody gives them a conversation here.
create table recado.inbox_outsider (
    organization_id uuid not null,
    account         text not null,
    name            text not null,
    primary key (organization_id, account)
);
call recado.fence('inbox_outsider');

--changeset recado:chatwoot-2
--comment: A line whose conversations stand in an inbox of Chatwoot, too. api_token and webhook_secret are sealed with the installation's key for credentials. See ADR 84.
create table recado.chatwoot_bridge (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    base_url        text        not null,
    account_id      bigint      not null,
    inbox_id        bigint      not null,
    api_token       text        not null,
    webhook_secret  text        not null,
    active          boolean     not null,
    -- The last delivery that was genuine, and the last one that was not; to the minute.
    delivered_at    timestamptz,
    refused_at      timestamptz,
    -- Why what waits was not taken at the last attempt; null when it was.
    last_cause      text,
    created_at      timestamptz not null,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint chatwoot_bridge_of_line unique (organization_id, line_id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id) on delete cascade
);
call recado.fence('chatwoot_bridge');

--changeset recado:chatwoot-3
--comment: Which conversation there is which one here. status is the one it has there, as far as it was told or heard.
create table recado.chatwoot_thread (
    organization_id     uuid   not null,
    bridge_id           uuid   not null,
    conversation_id     uuid   not null,
    remote_contact      bigint,
    remote_conversation bigint,
    status              text,
    primary key (organization_id, bridge_id, conversation_id),
    foreign key (organization_id, bridge_id) references recado.chatwoot_bridge (organization_id, id) on delete cascade,
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create index chatwoot_thread_remote on recado.chatwoot_thread (organization_id, bridge_id, remote_conversation);
create index chatwoot_thread_of on recado.chatwoot_thread (organization_id, conversation_id);
call recado.fence('chatwoot_thread');

--changeset recado:chatwoot-4
--comment: Messages that both sides know, so that nothing is told or sent twice. Words and files of an agent's message are kept until it is on its way.
create table recado.chatwoot_message (
    organization_id     uuid        not null,
    id                  uuid        not null,
    bridge_id           uuid        not null,
    remote_id           bigint      not null,
    remote_conversation bigint      not null,
    conversation_id     uuid,
    number              bigint      generated always as identity,
    origin              text        not null,
    state               text        not null,
    cause               text,
    agent               text,
    agent_name          text,
    text                text,
    files               jsonb,
    -- The message that an agent's answers, by its number there.
    answers             bigint,
    told                text,
    at                  timestamptz not null,
    primary key (organization_id, id),
    constraint chatwoot_message_once unique (organization_id, bridge_id, remote_id),
    constraint chatwoot_message_origin check (origin in ('recado', 'chatwoot')),
    constraint chatwoot_message_state check (state in ('pending', 'taken', 'refused')),
    foreign key (organization_id, bridge_id) references recado.chatwoot_bridge (organization_id, id) on delete cascade
);
create index chatwoot_message_pending on recado.chatwoot_message (organization_id, conversation_id, number) where state = 'pending';
create index chatwoot_message_age on recado.chatwoot_message (organization_id, at);
call recado.fence('chatwoot_message');
create table recado.chatwoot_part (
    organization_id uuid not null,
    message_id      uuid not null,
    of_id           uuid not null,
    primary key (organization_id, message_id),
    foreign key (organization_id, of_id) references recado.chatwoot_message (organization_id, id) on delete cascade
);
create index chatwoot_part_of on recado.chatwoot_part (organization_id, of_id);
call recado.fence('chatwoot_part');

--changeset recado:chatwoot-5
--comment: What Chatwoot is still to be told, in order within a lane: a conversation, or the bridge for what belongs to none.
create table recado.chatwoot_item (
    organization_id uuid        not null,
    bridge_id       uuid        not null,
    kind            text        not null,
    subject_id      uuid        not null,
    lane            uuid        not null,
    number          bigint      generated always as identity,
    state           text        not null,
    attempts        integer     not null default 0,
    next_attempt_at timestamptz not null,
    cause           text,
    at              timestamptz not null,
    primary key (organization_id, bridge_id, kind, subject_id),
    constraint chatwoot_item_kind check (kind in ('received', 'sent', 'delivery', 'state')),
    constraint chatwoot_item_state check (state in ('pending', 'told', 'given-up')),
    foreign key (organization_id, bridge_id) references recado.chatwoot_bridge (organization_id, id) on delete cascade
);
create index chatwoot_item_pending on recado.chatwoot_item (organization_id, lane, number) where state = 'pending';
create index chatwoot_item_age on recado.chatwoot_item (organization_id, at);
call recado.fence('chatwoot_item');
