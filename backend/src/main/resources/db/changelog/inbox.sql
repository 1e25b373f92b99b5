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
