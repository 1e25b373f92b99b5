--liquibase formatted sql

--changeset recado:line-warm-up-1
--comment: Since when a line has the number it has: campaigns begin slowly on a new one. Numbers so far are as old as their line.
alter table recado.whatsapp_line
    add column number_since timestamptz;
update recado.whatsapp_line set number_since = created_at where phone is not null;
