--liquibase formatted sql

--changeset recado:answers-1
--comment: What the clinic said on its own phone, which bare words may answer instead of a notification.
create index inbound_message_own_words on recado.inbound_message (organization_id, line_id, phone, sent_at)
    where from_me and chat_kind = 'direct';

--changeset recado:answers-2
--comment: Somebody who had stopped messages wants them again. What Recado answers to that is written like words of staff.
alter table recado.inbound_message
    drop constraint inbound_message_outcome,
    add constraint inbound_message_outcome
        check (outcome in ('accepted', 'declined', 'cancelled', 'opted-out', 'opted-in', 'for-staff', 'ignored'));
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind
        check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent')),
    drop constraint message_by_hand_has_content,
    add constraint message_that_is_written_has_content check (kind not in ('manual', 'consent') or content is not null);

--changeset recado:answers-3
--comment: What whoever holds a number said about being written to, whether the number is registered or not. Only added to.
create table recado.phone_consent (
    organization_id uuid        not null,
    id              uuid        not null,
    phone           text        not null collate "C",
    purpose         text        not null,
    allowed         boolean     not null,
    source          text        not null,
    said_at         timestamptz not null,
    recorded_at     timestamptz not null,
    primary key (organization_id, id),
    constraint phone_consent_purpose check (purpose in ('care', 'marketing')),
    constraint phone_consent_source check (source in ('patient', 'provider'))
);
create index phone_consent_latest on recado.phone_consent (organization_id, phone, purpose, said_at, id);
call recado.fence('phone_consent');
revoke update, delete on recado.phone_consent from recado_app;

--changeset recado:answers-4
--comment: Marketing apart from messages about visits: who stopped it still hears of their appointments.
alter table recado.patient
    add column marketing            text not null default 'allowed',
    add column marketing_changed_at timestamptz,
    add column marketing_changed_by text,
    add constraint patient_marketing check (marketing in ('allowed', 'opted-out')),
    add constraint patient_marketing_is_explained
        check (marketing = 'allowed' or (marketing_changed_at is not null and marketing_changed_by is not null));

--changeset recado:answers-5
--comment: What a message says of its subject, to compare: nobody is told a change that is none, and an answer to what holds again counts.
alter table recado.message add column says text;
