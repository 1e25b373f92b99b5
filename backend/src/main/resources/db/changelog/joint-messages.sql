--liquibase formatted sql

--changeset recado:joint-messages-1
--comment: One message may tell of the visits of several people of a household: each has its row, one of them leads, and what becomes of that one becomes of all. See ADR 82. No foreign key: old rows are removed a batch at a time, whichever comes first.
alter table recado.message
    -- The message that carries this one's visit, too; null when it leaves by itself.
    add column lead_id     uuid,
    -- Others are carried by it.
    add column leads       boolean not null default false,
    -- Its words say that one answer is for all visits it tells of.
    add column answers_all boolean not null default false;

--changeset recado:joint-messages-2 runInTransaction:false
--comment: Whoever changes the one that leads looks for those it carries.
set lock_timeout = 0;
drop index concurrently if exists recado.message_carried;
create index concurrently message_carried on recado.message (organization_id, lead_id) where lead_id is not null;
set lock_timeout = '5s';

--changeset recado:joint-messages-3
--comment: The visits that words of a patient are about when it is more than one, and what became of each.
create table recado.inbound_message_visit (
    organization_id    uuid not null,
    inbound_message_id uuid not null,
    appointment_id     uuid not null,
    -- Which message of ours told of it.
    message_id         uuid not null,
    -- Null while nobody said what the words mean for this visit.
    outcome            text,
    primary key (organization_id, inbound_message_id, appointment_id),
    foreign key (organization_id, inbound_message_id) references recado.inbound_message (organization_id, id) on delete cascade,
    constraint inbound_message_visit_outcome check (outcome in ('accepted', 'declined', 'cancelled'))
);
create index inbound_message_visit_of_appointment on recado.inbound_message_visit (organization_id, appointment_id);
call recado.fence('inbound_message_visit');
