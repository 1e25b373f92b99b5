--liquibase formatted sql

--changeset recado:series-notices-1
--comment: Of which other visits a message tells along with its own, because all are of one series. See ADR 42.
create table recado.message_along (
    organization_id uuid not null,
    message_id      uuid not null,
    subject_id      uuid not null,
    primary key (organization_id, message_id, subject_id),
    foreign key (organization_id, message_id) references recado.message (organization_id, id) on delete cascade
);
create index message_along_subject on recado.message_along (organization_id, subject_id);
call recado.fence('message_along');
