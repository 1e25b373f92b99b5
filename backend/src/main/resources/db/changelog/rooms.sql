--liquibase formatted sql

--changeset recado:rooms-1
--comment: Rooms and equipment (FHIR: Location of the physical type room, Device): what one visit at a time may take. A service that names some needs one of them; a service that names none needs no room.
create table recado.room (
    organization_id uuid        not null,
    id              uuid        not null,
    location_id     uuid        not null,
    name            text        not null,
    kind            text        not null,
    colour          integer,
    active          boolean     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, location_id) references recado.location (organization_id, id),
    constraint room_name check (char_length(name) between 1 and 100),
    constraint room_kind check (kind in ('room', 'device')),
    constraint room_colour check (colour between 0 and 7)
);
call recado.fence('room');

create table recado.healthcare_service_room (
    organization_id       uuid not null,
    healthcare_service_id uuid not null,
    room_id               uuid not null,
    primary key (organization_id, healthcare_service_id, room_id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    foreign key (organization_id, room_id) references recado.room (organization_id, id)
);
call recado.fence('healthcare_service_room');

--changeset recado:rooms-2
--comment: The room a visit takes, if any, and whether staff booked it over others on purpose: such a visit occupies nobody.
alter table recado.appointment
    add column room_id uuid,
    add column overbooked boolean not null default false,
    add foreign key (organization_id, room_id) references recado.room (organization_id, id);
create index appointment_of_room on recado.appointment (organization_id, room_id, starts_at, id) where room_id is not null;

--changeset recado:rooms-3 splitStatements:false
--comment: What is occupied, a row for each actor of a visit that occupies anything. The rows follow the visit by triggers, so that no program can forget them, also one of the version before; the constraint keeps the name by which both know it.
create table recado.appointment_actor (
    organization_id uuid        not null,
    appointment_id  uuid        not null,
    actor_id        uuid        not null,
    kind            text        not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    primary key (organization_id, appointment_id, actor_id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id) on delete cascade,
    constraint appointment_actor_kind check (kind in ('practitioner', 'room'))
);
call recado.fence('appointment_actor');

create function recado.occupy_actors() returns trigger
    language plpgsql
    set search_path = recado, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and old.blocking then
        delete from recado.appointment_actor where organization_id = old.organization_id and appointment_id = old.id;
    end if;
    if new.blocking then
        insert into recado.appointment_actor (organization_id, appointment_id, actor_id, kind, starts_at, ends_at)
        values (new.organization_id, new.id, new.practitioner_id, 'practitioner', new.starts_at, new.ends_at);
        if new.room_id is not null then
            insert into recado.appointment_actor (organization_id, appointment_id, actor_id, kind, starts_at, ends_at)
            values (new.organization_id, new.id, new.room_id, 'room', new.starts_at, new.ends_at);
        end if;
    end if;
    return null;
end
$$;
revoke all on function recado.occupy_actors() from public;

create trigger appointment_occupies after insert on recado.appointment
    for each row when (new.blocking) execute function recado.occupy_actors();
create trigger appointment_occupies_elsewhere after update on recado.appointment
    for each row when (
        (old.blocking, old.practitioner_id, old.room_id, old.starts_at, old.ends_at)
        is distinct from (new.blocking, new.practitioner_id, new.room_id, new.starts_at, new.ends_at))
    execute function recado.occupy_actors();

--changeset recado:rooms-4 splitStatements:false
--comment: The visits that are there already, as the role of migrations, because the owner is fenced, too. Nobody changes a visit meanwhile, and overlap is refused by one constraint or the other at every moment.
lock table recado.appointment in share mode;
set local role recado_migrator;
do $$
declare
    expected bigint;
    written  bigint;
begin
    insert into recado.appointment_actor (organization_id, appointment_id, actor_id, kind, starts_at, ends_at)
    select organization_id, id, practitioner_id, 'practitioner', starts_at, ends_at from recado.appointment where blocking
    on conflict do nothing;
    select count(*) into expected from recado.appointment where blocking;
    select count(*) into written from recado.appointment_actor where kind = 'practitioner';
    if written <> expected then
        raise exception '% of % visits occupy their practitioner', written, expected;
    end if;
end
$$;
reset role;
alter table recado.appointment drop constraint appointment_slot;
alter table recado.appointment_actor
    add constraint appointment_slot exclude using gist (
        organization_id with =, actor_id with =, tstzrange(starts_at, ends_at) with &&);

--changeset recado:rooms-5
--comment: What was booked over others on purpose blocks nothing.
alter table recado.appointment
    alter column blocking set expression as (
        status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled') and not overbooked);

--changeset recado:rooms-6
--comment: A time that is held is held with its room.
alter table recado.slot_hold
    add column room_id uuid,
    add foreign key (organization_id, room_id) references recado.room (organization_id, id),
    add constraint slot_hold_room_apart exclude using gist (
        organization_id with =, room_id with =, tstzrange(starts_at, ends_at) with &&) where (room_id is not null);
