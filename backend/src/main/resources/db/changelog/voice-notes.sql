--liquibase formatted sql

--changeset recado:voice-notes-1
--comment: How long a voice note is, which is counted when it is uploaded. Null for files of every other kind. See ADR 129.
alter table recado.outbound_media add column seconds integer;
