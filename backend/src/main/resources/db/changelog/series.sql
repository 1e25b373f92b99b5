--liquibase formatted sql

--changeset recado:series-1
--comment: Visits that repeat: the rule they were booked by, on the wall clock of its zone. What is true of each visit stands on the visit; the rule is never expanded again.
create table recado.appointment_series (
    organization_id uuid        not null,
    id              uuid        not null,
    recurrence      text        not null,
    starts_local    timestamp   not null,
    time_zone       text        not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint appointment_series_recurrence check (char_length(recurrence) between 1 and 500)
);
call recado.fence('appointment_series');

--changeset recado:series-2
--comment: The series a visit repeats in; null for a visit alone.
alter table recado.appointment
    add column series_id uuid,
    add foreign key (organization_id, series_id) references recado.appointment_series (organization_id, id);
create index appointment_of_series on recado.appointment (organization_id, series_id, starts_at, id) where series_id is not null;
