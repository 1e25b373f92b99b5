--liquibase formatted sql

--changeset recado:locations-1
--comment: Where the clinic sees patients. The main location has the clinic's own id; its row is made when it is first changed or referred to, until then it is the clinic's profile. Without a zone of its own a location has the clinic's.
create table recado.location (
    organization_id uuid             not null,
    id              uuid             not null,
    name            text             not null,
    address         text,
    latitude        double precision,
    longitude       double precision,
    phone           text,
    time_zone       text,
    active          boolean          not null,
    created_at      timestamptz      not null,
    created_by      text             not null,
    version         bigint           not null,
    primary key (organization_id, id),
    constraint location_texts check (char_length(name) between 1 and 100 and char_length(address) between 1 and 200),
    constraint location_point check (
        (latitude is null) = (longitude is null) and latitude between -90 and 90 and longitude between -180 and 180),
    constraint location_main_is_active check (active or id <> organization_id)
);
call recado.fence('location');

--changeset recado:locations-2
--comment: Each part of a day may take place elsewhere; without a location it is the main one. Minutes are of that location's wall clock.
alter table recado.schedule_hours
    add column location_id uuid,
    add foreign key (organization_id, location_id) references recado.location (organization_id, id);
alter table recado.schedule_exception_hours
    add column location_id uuid,
    add foreign key (organization_id, location_id) references recado.location (organization_id, id);

--changeset recado:locations-3
--comment: Visits from before there were locations have none.
alter table recado.appointment
    add column location_id uuid,
    add foreign key (organization_id, location_id) references recado.location (organization_id, id);
