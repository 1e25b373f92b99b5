--liquibase formatted sql

--changeset recado:assistant-1
--comment: Whether and with which model a clinic's assistant answers. api_key is sealed with the installation's key for credentials.
create table recado.assistant_settings (
    organization_id uuid        not null,
    active          boolean     not null,
    provider        text        not null,
    base_url        text        not null,
    model           text        not null,
    api_key         text,
    input_price     integer     not null,
    output_price    integer     not null,
    daily_ceiling   integer     not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null default 0,
    primary key (organization_id),
    constraint assistant_provider check (provider in ('openai-compatible', 'gemini', 'anthropic')),
    constraint assistant_prices check (input_price >= 0 and output_price >= 0 and daily_ceiling > 0),
    constraint assistant_answers_with_a_key check (not active or api_key is not null)
);
call recado.fence('assistant_settings');
revoke delete on recado.assistant_settings from recado_app;

--changeset recado:assistant-2
--comment: What the assistant may tell. words are those of title and text, normalised; a clinic has a few hundred at most, so they
--comment: are read and ranked without an index: behind row-level security a text search is no index condition.
create table recado.assistant_fact (
    organization_id uuid        not null,
    id              uuid        not null,
    title           text        not null,
    text            text        not null,
    words           text        not null,
    search          tsvector    not null generated always as (to_tsvector('simple', words)) stored,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint assistant_fact_title check (char_length(title) between 1 and 120),
    constraint assistant_fact_text check (char_length(text) between 1 and 1500)
);
call recado.fence('assistant_fact');

--changeset recado:assistant-3
--comment: A message that the assistant goes on with, and what came of it: causes, counts and ids, nobody's words.
create table recado.assistant_turn (
    organization_id uuid        not null,
    inbound_id      uuid        not null,
    state           text        not null,
    taken_at        timestamptz not null,
    claim           uuid,
    claimed_until   timestamptz,
    waiting_told_at timestamptz,
    done_at         timestamptz,
    outcome         text,
    cause           text,
    model           text,
    facts_given     uuid[]      not null default '{}',
    facts_cited     uuid[]      not null default '{}',
    lines_given     integer     not null default 0,
    visits_given    integer     not null default 0,
    notice_id       uuid,
    tools           text[]      not null default '{}',
    calls           integer     not null default 0,
    input_tokens    bigint      not null default 0,
    output_tokens   bigint      not null default 0,
    cost_micros     bigint      not null default 0,
    millis          bigint      not null default 0,
    verdict         text,
    verdict_by      text,
    verdict_at      timestamptz,
    primary key (organization_id, inbound_id),
    foreign key (organization_id, inbound_id) references recado.inbound_message (organization_id, id) on delete cascade,
    constraint assistant_turn_state check (state in ('waiting', 'asking', 'done')),
    constraint assistant_turn_asking check ((state = 'asking') = (claim is not null and claimed_until is not null)),
    constraint assistant_turn_done check ((state = 'done') = (done_at is not null and outcome is not null)),
    constraint assistant_turn_verdict check (verdict in ('up', 'down'))
);
create index assistant_turn_age on recado.assistant_turn (organization_id, taken_at);
call recado.fence('assistant_turn');

--changeset recado:assistant-4
--comment: A change that a patient is asked about. Only their yes to an open one changes the agenda, once.
create table recado.assistant_proposal (
    organization_id uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    kind            text        not null,
    visit_id        uuid,
    visit_version   bigint,
    service_id      uuid,
    practitioner_id uuid,
    start_at        timestamptz,
    state           text        not null,
    proposed_at     timestamptz not null,
    expires_at      timestamptz not null,
    decided_at      timestamptz,
    primary key (organization_id, id),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade,
    constraint assistant_proposal_kind check (kind in ('book', 'move', 'cancel')),
    constraint assistant_proposal_state check (state in ('open', 'accepted', 'declined', 'withdrawn', 'expired', 'not-possible')),
    constraint assistant_proposal_decided check ((state = 'open') = (decided_at is null)),
    constraint assistant_proposal_is_whole check (case kind
        when 'book' then service_id is not null and practitioner_id is not null and start_at is not null and visit_id is null
        when 'move' then visit_id is not null and visit_version is not null and practitioner_id is not null and start_at is not null
        else visit_id is not null and visit_version is not null and start_at is null end)
);
create unique index assistant_proposal_open on recado.assistant_proposal (organization_id, conversation_id) where state = 'open';
create index assistant_proposal_age on recado.assistant_proposal (organization_id, proposed_at);
call recado.fence('assistant_proposal');
