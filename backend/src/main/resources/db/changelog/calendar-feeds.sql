--liquibase formatted sql

--changeset recado:calendar-feeds-1
--comment: Addresses at which a calendar program reads a practitioner's visits. What is sealed into an address is the id; it counts while the row is there.
create table recado.calendar_feed (
    organization_id uuid        not null,
    id              uuid        not null,
    practitioner_id uuid        not null,
    patient_names   boolean     not null,
    read_at         timestamptz,
    created_at      timestamptz not null,
    created_by      text        not null,
    primary key (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id)
);
create index calendar_feed_of_practitioner on recado.calendar_feed (organization_id, practitioner_id, created_at);
call recado.fence('calendar_feed');
