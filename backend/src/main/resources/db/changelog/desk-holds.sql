--liquibase formatted sql

--changeset recado:desk-holds-1
--comment: Whose form at the desk holds a time: the account, its name for colleagues, and the form. Those of the booking page are nobody's.
alter table recado.slot_hold
    add column held_by text,
    add column held_by_name text,
    add column form uuid,
    add constraint slot_hold_desk check ((held_by is null) = (form is null) and (held_by is not null or held_by_name is null));
create unique index slot_hold_of_form on recado.slot_hold (organization_id, held_by, form) where held_by is not null;
