--liquibase formatted sql

--changeset recado:webhook-keys-1
--comment: With what a receiver checks signatures of an Ed25519 key, whose private half is sealed beside the secret; null where only the secret signs.
alter table recado.webhook_endpoint add column public_key text;
