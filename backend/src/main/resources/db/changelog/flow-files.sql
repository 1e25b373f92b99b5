--liquibase formatted sql

--changeset recado:flow-files-1
--comment: A file that a flow sends is sent again and again: it does not go for its age.
alter table recado.outbound_media add column kept boolean not null default false;
