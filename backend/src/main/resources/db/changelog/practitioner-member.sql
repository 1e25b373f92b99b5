--liquibase formatted sql

--changeset recado:practitioner-member-1
--comment: Which account of the identity server a practitioner signs in with; null while nobody said. One account is one practitioner.
alter table recado.practitioner
    add column member_id text,
    add constraint practitioner_member_id check (char_length(member_id) <= 100);
create unique index practitioner_member on recado.practitioner (organization_id, member_id) where member_id is not null;
