--liquibase formatted sql

--changeset recado:retention-1
--comment: While a clinic's records are held for a legal matter, nothing of it is deleted for its age.
alter table recado.organization
    add column legal_hold_since timestamptz,
    add column legal_hold_by    text;

--changeset recado:retention-2
--comment: What retention looks for, oldest first within a clinic.
create index message_age on recado.message (organization_id, updated_at) where next_attempt_at is null;
create index inbound_message_age on recado.inbound_message (organization_id, received_at);
create index inbound_message_media_age on recado.inbound_message (organization_id, received_at) where media_key is not null;
create index outbound_media_age on recado.outbound_media (organization_id, created_at);
create index whatsapp_test_message_age on recado.whatsapp_test_message (organization_id, at);
create index inbound_message_about on recado.inbound_message (organization_id, message_id) where message_id is not null;
