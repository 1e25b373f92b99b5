--liquibase formatted sql

--changeset recado:flows-1
--comment: Flows that answer by themselves. The draft is edited; what was published stands in flow_version.
create table recado.flow (
    organization_id   uuid        not null,
    id                uuid        not null,
    name              text        not null,
    draft             jsonb,
    published_version integer,
    state             text        not null,
    created_at        timestamptz not null,
    created_by        text        not null,
    updated_at        timestamptz not null,
    updated_by        text        not null,
    version           bigint      not null default 0,
    primary key (organization_id, id),
    constraint flow_name check (char_length(name) between 1 and 100),
    constraint flow_state check (state in ('active', 'archived')),
    constraint flow_archived_is_silent check (state = 'active' or published_version is null)
);
call recado.fence('flow');
revoke delete on recado.flow from recado_app;

--changeset recado:flows-2
--comment: What was published, as it was: the database lets nobody change it. Sessions finish on the version they began with.
create table recado.flow_version (
    organization_id uuid        not null,
    flow_id         uuid        not null,
    number          integer     not null,
    document        jsonb       not null,
    published_at    timestamptz not null,
    published_by    text        not null,
    primary key (organization_id, flow_id, number),
    foreign key (organization_id, flow_id) references recado.flow (organization_id, id)
);
call recado.fence('flow_version');
revoke update, delete on recado.flow_version from recado_app;
alter table recado.flow
    add foreign key (organization_id, id, published_version)
        references recado.flow_version (organization_id, flow_id, number);

--changeset recado:flows-3
--comment: Somebody goes through a flow: one at a time in a conversation. memory holds what they answered and is emptied when it ends.
create table recado.flow_session (
    organization_id uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    flow_id         uuid        not null,
    flow_version    integer     not null,
    language        text        not null,
    state           text        not null,
    memory          jsonb,
    answer_until    timestamptz,
    close_at        timestamptz,
    steps           integer     not null,
    started_at      timestamptz not null,
    last_at         timestamptz not null,
    ended_at        timestamptz,
    ending          text,
    primary key (organization_id, id),
    foreign key (organization_id, flow_id, flow_version)
        references recado.flow_version (organization_id, flow_id, number),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade,
    constraint flow_session_state check (state in ('running', 'ended')),
    constraint flow_session_ending check (ending in ('completed', 'handed-over', 'timed-out', 'left')),
    constraint flow_session_ended check ((state = 'ended') = (ended_at is not null and ending is not null and memory is null))
);
create unique index flow_session_running on recado.flow_session (organization_id, conversation_id) where state = 'running';
create index flow_session_of on recado.flow_session (organization_id, conversation_id, started_at desc);
create index flow_session_of_version on recado.flow_session (organization_id, flow_id, flow_version);
create index flow_session_age on recado.flow_session (organization_id, last_at);
call recado.fence('flow_session');

--changeset recado:flows-4
--comment: What happened in a session, with causes and without words: those stand in the thread.
create table recado.flow_step (
    organization_id uuid        not null,
    session_id      uuid        not null,
    number          integer     not null,
    kind            text        not null,
    node            text,
    cause           text,
    inbound_id      uuid,
    at              timestamptz not null,
    primary key (organization_id, session_id, number),
    foreign key (organization_id, session_id) references recado.flow_session (organization_id, id) on delete cascade,
    constraint flow_step_kind check (kind in ('began', 'heard', 'not-understood', 'said', 'asked', 'branched', 'acted', 'not-done',
        'handed-over', 'ended'))
);
call recado.fence('flow_step');
revoke update on recado.flow_step from recado_app;

--changeset recado:flows-5
--comment: A message that a flow goes on with: taken with the message, done with everything that followed from it.
create table recado.flow_turn (
    organization_id uuid        not null,
    inbound_id      uuid        not null,
    state           text        not null,
    taken_at        timestamptz not null,
    done_at         timestamptz,
    primary key (organization_id, inbound_id),
    foreign key (organization_id, inbound_id) references recado.inbound_message (organization_id, id) on delete cascade,
    constraint flow_turn_state check (state in ('waiting', 'done')),
    constraint flow_turn_done check ((state = 'done') = (done_at is not null))
);
call recado.fence('flow_turn');

--changeset recado:flows-6
--comment: What a flow says is a message of a kind of its own, written from the beginning; what it goes on with needs nobody.
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent',
        'verification', 'campaign', 'hand-over', 'offer', 'flow')),
    drop constraint message_that_is_written_has_content,
    add constraint message_that_is_written_has_content
        check (kind not in ('manual', 'consent', 'verification', 'hand-over', 'flow') or content is not null),
    drop constraint message_about_a_visit_is_for_a_patient,
    add constraint message_about_a_visit_is_for_a_patient
        check (patient_id is not null or kind in ('manual', 'consent', 'verification', 'hand-over', 'flow'));
alter table recado.inbound_message
    drop constraint inbound_message_outcome,
    add constraint inbound_message_outcome check (outcome in
        ('accepted', 'declined', 'cancelled', 'opted-out', 'opted-in', 'in-flow', 'for-staff', 'ignored'));
