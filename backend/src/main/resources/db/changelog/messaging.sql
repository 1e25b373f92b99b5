--liquibase formatted sql

--changeset recado:messaging-1
--comment: What is planned for patients, what was sent, and how far it came. One row per (subject, version, kind, attempt).
create table recado.message (
    organization_id     uuid        not null,
    id                  uuid        not null,
    subject_id          uuid        not null,
    subject_version     bigint      not null,
    kind                text        not null,
    attempt             integer     not null default 1,
    patient_id          uuid        not null,
    state               text        not null,
    reason              text,
    due_at              timestamptz not null,
    useful_until        timestamptz not null,
    next_attempt_at     timestamptz,
    line_id             uuid,
    provider_message_id text,
    phone               text,
    text                text,
    language            text,
    not_after           timestamptz,
    out_at              timestamptz,
    superseded_at       timestamptz,
    withdraw_reason     text,
    retried_by          uuid,
    created_at          timestamptz not null,
    updated_at          timestamptz not null,
    version             bigint      not null default 0,
    primary key (organization_id, id),
    constraint message_once_per_attempt unique (organization_id, subject_id, subject_version, kind, attempt),
    constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule')),
    constraint message_state check (state in ('planned', 'queued', 'handed', 'accepted', 'sending', 'sent', 'delivered',
        'read', 'failed', 'unknown', 'withdrawn', 'superseded', 'expired', 'suppressed')),
    constraint message_handed_is_complete check (state not in ('handed', 'accepted')
        or (line_id is not null and provider_message_id is not null and phone is not null and text is not null)),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id)
);
-- What the worker looks for, across organizations and within one. Settled messages are in neither.
create index message_due on recado.message (next_attempt_at, organization_id) include (useful_until)
    where next_attempt_at is not null;
create index message_due_of_organization on recado.message (organization_id, next_attempt_at)
    where next_attempt_at is not null;
create index message_conversation on recado.message (organization_id, phone, out_at) where phone is not null;
create index message_provider_id on recado.message (organization_id, provider_message_id)
    where provider_message_id is not null;
create index message_patient on recado.message (organization_id, patient_id);
call recado.fence('message');
grant select (organization_id, id, state, due_at, useful_until, next_attempt_at) on recado.message to recado_worker;

--changeset recado:messaging-2
--comment: Every state a message went through, with its instant.
create table recado.message_step (
    organization_id uuid        not null,
    id              uuid        not null,
    message_id      uuid        not null,
    state           text        not null,
    reason          text,
    at              timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, message_id) references recado.message (organization_id, id)
);
create index message_step_of_message on recado.message_step (organization_id, message_id, at, id);
call recado.fence('message_step');

--changeset recado:messaging-3
--comment: One row per organization: who works its outbox now, and when it is tried again after the gateway was away.
create table recado.outbox_lane (
    organization_id uuid        not null primary key,
    leased_by       uuid,
    leased_until    timestamptz,
    not_before      timestamptz,
    failures        integer     not null default 0,
    last_turn_at    timestamptz not null
);
call recado.fence('outbox_lane');
grant select (organization_id, leased_by, leased_until, not_before, failures, last_turn_at),
      insert (organization_id, leased_by, leased_until, not_before, failures, last_turn_at),
      update (leased_by, leased_until, not_before, failures, last_turn_at)
   on recado.outbox_lane to recado_worker;

--changeset recado:messaging-4
--comment: The platform's health page counts steps; the worker sees their kind and time only.
grant select (organization_id, state, at) on recado.message_step to recado_worker;

--changeset recado:messaging-5
--comment: What staff write to a patient by hand: words, or a picture, document, place or card. Its subject is itself.
alter table recado.message
    add column content    jsonb,
    add column created_by text,
    drop constraint message_kind,
    add constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual')),
    drop constraint message_handed_is_complete,
    add constraint message_handed_is_complete check (state not in ('handed', 'accepted')
        or (line_id is not null and provider_message_id is not null and phone is not null
            and (text is not null or content is not null))),
    add constraint message_by_hand_has_content check (kind <> 'manual' or content is not null);

--changeset recado:messaging-6
--comment: Files that staff uploaded to send. Bytes lie in the media store.
create table recado.outbound_media (
    organization_id uuid        not null,
    id              uuid        not null,
    key             text        not null,
    content_type    text        not null,
    size            bigint      not null,
    sha256          text        not null,
    created_at      timestamptz not null,
    primary key (organization_id, id)
);
call recado.fence('outbound_media');

--changeset recado:messaging-7
--comment: A message may have its line before it leaves; which line has something to send is asked as the worker.
grant select (line_id) on recado.message to recado_worker;
