--liquibase formatted sql

--changeset recado:inbox-1
--comment: What was written to the clinic, each message once. Provider ids are unique only within a chat.
create table recado.inbound_message (
    organization_id            uuid        not null,
    id                         uuid        not null,
    line_id                    uuid        not null,
    chat_key                   text        not null,
    sender_key                 text        not null,
    from_me                    boolean     not null,
    provider_message_id        text        not null,
    patient_id                 uuid,
    phone                      text,
    sender_name                text,
    text                       text,
    kind                       text        not null,
    chat_kind                  text        not null,
    quoted_provider_message_id text,
    offline                    boolean     not null,
    sent_at                    timestamptz not null,
    received_at                timestamptz not null,
    outcome                    text        not null,
    reason                     text,
    appointment_id             uuid,
    message_id                 uuid,
    needs_staff                boolean     not null default false,
    handled_at                 timestamptz,
    handled_by                 text,
    version                    bigint      not null default 0,
    primary key (organization_id, id),
    constraint inbound_message_once
        unique (organization_id, line_id, chat_key, sender_key, from_me, provider_message_id),
    constraint inbound_message_outcome
        check (outcome in ('accepted', 'declined', 'cancelled', 'opted-out', 'for-staff', 'ignored')),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    foreign key (organization_id, message_id) references recado.message (organization_id, id)
);
create index inbound_message_open on recado.inbound_message (organization_id, id desc) where needs_staff;
create index inbound_message_of_appointment on recado.inbound_message (organization_id, appointment_id, sent_at)
    where appointment_id is not null;
call recado.fence('inbound_message');

--changeset recado:inbox-2
--comment: What a message holds beside words. Bytes lie in the media store; the key says where and nobody outside is told it.
alter table recado.inbound_message
    add column media_id     uuid,
    add column media_kind   text,
    add column media_state  text,
    add column media_key    text,
    add column media_type   text,
    add column media_size   bigint,
    add column media_sha256 text,
    add column media_name   text,
    add column location     jsonb,
    add column contacts     jsonb,
    add constraint inbound_message_media_state
        check (media_state in ('pending', 'stored', 'too-large', 'refused', 'unavailable')),
    add constraint inbound_message_media_is_complete
        check ((media_id is null) = (media_state is null) and (media_state is distinct from 'stored' or media_key is not null));
create unique index inbound_message_media on recado.inbound_message (organization_id, media_id) where media_id is not null;

--changeset recado:inbox-3
--comment: What was tapped, as whoever sent the buttons called it; the words on it stand in text.
alter table recado.inbound_message add column choice_id text;

--changeset recado:inbox-4
--comment: When a number last wrote to each line, which says how long any words may be written back on official ones.
create index inbound_message_conversation on recado.inbound_message (organization_id, phone, line_id)
    include (sent_at, received_at) where chat_kind = 'direct' and not from_me;
