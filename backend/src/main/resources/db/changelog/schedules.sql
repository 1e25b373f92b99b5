--liquibase formatted sql

--changeset recado:schedules-1
--comment: When a practitioner sees patients, week by week; without a practitioner, when the clinic is open. A schedule counts from its first day until the day on which the next one of the same practitioner begins. Minutes are of the wall clock: 1440 is the end of the day.
create table recado.schedule (
    organization_id uuid        not null,
    id              uuid        not null,
    practitioner_id uuid,
    valid_from      date        not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    constraint schedule_begins unique nulls not distinct (organization_id, practitioner_id, valid_from)
);
call recado.fence('schedule');

create table recado.schedule_hours (
    organization_id uuid    not null,
    schedule_id     uuid    not null,
    day_of_week     integer not null,
    opens           integer not null,
    closes          integer not null,
    primary key (organization_id, schedule_id, day_of_week, opens),
    foreign key (organization_id, schedule_id) references recado.schedule (organization_id, id) on delete cascade,
    constraint schedule_hours_day check (day_of_week between 1 and 7),
    constraint schedule_hours_order check (opens >= 0 and closes > opens and closes <= 1440),
    constraint schedule_hours_apart exclude using gist (
        organization_id with =, schedule_id with =, day_of_week with =, int4range(opens, closes) with &&)
);
call recado.fence('schedule_hours');

--changeset recado:schedules-2
--comment: Days that differ from the week: closed when they have no hours. Days of one practitioner (or of the clinic) never overlap, so one row answers for a day.
create table recado.schedule_exception (
    organization_id uuid        not null,
    id              uuid        not null,
    practitioner_id uuid,
    first_day       date        not null,
    last_day        date        not null,
    reason          text,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    constraint schedule_exception_order check (last_day >= first_day and last_day - first_day <= 366),
    constraint schedule_exception_reason check (char_length(reason) between 1 and 100),
    constraint schedule_exception_apart exclude using gist (
        organization_id with =, coalesce(practitioner_id, organization_id) with =,
        daterange(first_day, last_day, '[]') with &&)
);
create index schedule_exception_days on recado.schedule_exception (organization_id, last_day, first_day);
call recado.fence('schedule_exception');

create table recado.schedule_exception_hours (
    organization_id uuid    not null,
    exception_id    uuid    not null,
    opens           integer not null,
    closes          integer not null,
    primary key (organization_id, exception_id, opens),
    foreign key (organization_id, exception_id) references recado.schedule_exception (organization_id, id) on delete cascade,
    constraint schedule_exception_hours_order check (opens >= 0 and closes > opens and closes <= 1440),
    constraint schedule_exception_hours_apart exclude using gist (
        organization_id with =, exception_id with =, int4range(opens, closes) with &&)
);
call recado.fence('schedule_exception_hours');

--changeset recado:schedules-3
--comment: Time that a service needs around the visit itself, and who offers it; a service that names nobody is offered by everybody.
alter table recado.healthcare_service
    add column buffer_before_minutes integer not null default 0,
    add column buffer_after_minutes  integer not null default 0,
    add constraint healthcare_service_buffers check (
        buffer_before_minutes between 0 and 120 and buffer_after_minutes between 0 and 120);
create table recado.healthcare_service_practitioner (
    organization_id       uuid not null,
    healthcare_service_id uuid not null,
    practitioner_id       uuid not null,
    primary key (organization_id, healthcare_service_id, practitioner_id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id)
);
call recado.fence('healthcare_service_practitioner');

--changeset recado:schedules-4
--comment: Booked outside the hours on purpose; said so on the visit whatever becomes of the hours later.
alter table recado.appointment add column outside_hours boolean not null default false;
