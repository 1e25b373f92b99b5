--liquibase formatted sql

--changeset recado:conversations-1
--comment: Who wrote, also without a phone; what was edited and taken back, with the earlier words; calls, and what only the phone can show.
alter table recado.inbound_message
    add column contact_id                 uuid,
    add column target_provider_message_id text,
    add column earlier_texts              jsonb,
    add column edited_at                  timestamptz,
    add column revoked_at                 timestamptz,
    add column call_video                 boolean,
    add column call_missed                boolean,
    add column stub_reason                text,
    add column identity_change            jsonb,
    add constraint inbound_message_contact
        foreign key (organization_id, contact_id) references recado.contact (organization_id, id);
create index inbound_message_by_provider_id on recado.inbound_message (organization_id, line_id, provider_message_id);
create index inbound_message_reactions on recado.inbound_message (organization_id, line_id, target_provider_message_id, sent_at)
    where kind = 'reaction';
create index inbound_message_of_contact on recado.inbound_message (organization_id, contact_id) where contact_id is not null;
