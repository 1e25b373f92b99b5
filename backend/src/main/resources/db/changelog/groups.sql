--liquibase formatted sql

--changeset recado:groups-1
--comment: How many patients share a time of a service. A visit of one that several share has a place in its group: the first is 1.
alter table recado.healthcare_service
    add column capacity integer not null default 1,
    add constraint healthcare_service_capacity check (capacity between 1 and 100);
alter table recado.appointment
    add column seat integer,
    add column capacity integer,
    add constraint appointment_place check ((seat is null) = (capacity is null) and (seat is null or seat between 1 and capacity));

--changeset recado:groups-2 splitStatements:false
--comment: Visits of one group (the same service, practitioner, room and time) have one key, all others one of their own: rows with the same key may overlap, and a place is taken once. The default is for the version before.
alter table recado.appointment_actor
    add column shared uuid not null default gen_random_uuid(),
    add column seat integer;
alter table recado.appointment_actor drop constraint appointment_slot;
alter table recado.appointment_actor
    add constraint appointment_slot exclude using gist (
        organization_id with =, actor_id with =, shared with <>, tstzrange(starts_at, ends_at) with &&);
create unique index appointment_seat on recado.appointment_actor (organization_id, shared, actor_id, seat) where seat is not null;

create or replace function recado.occupy_actors() returns trigger
    language plpgsql
    set search_path = recado, pg_temp
as $$
declare
    key uuid := new.id;
begin
    if tg_op = 'UPDATE' and old.blocking then
        delete from recado.appointment_actor where organization_id = old.organization_id and appointment_id = old.id;
    end if;
    if new.blocking then
        if new.seat is not null then
            key := md5(concat_ws('/', new.healthcare_service_id, new.practitioner_id, new.room_id,
                                 extract(epoch from new.starts_at), extract(epoch from new.ends_at)))::uuid;
        end if;
        insert into recado.appointment_actor (organization_id, appointment_id, actor_id, kind, starts_at, ends_at, shared, seat)
        values (new.organization_id, new.id, new.practitioner_id, 'practitioner', new.starts_at, new.ends_at, key, new.seat);
        if new.room_id is not null then
            insert into recado.appointment_actor (organization_id, appointment_id, actor_id, kind, starts_at, ends_at, shared, seat)
            values (new.organization_id, new.id, new.room_id, 'room', new.starts_at, new.ends_at, key, new.seat);
        end if;
    end if;
    return null;
end
$$;
drop trigger appointment_occupies_elsewhere on recado.appointment;
create trigger appointment_occupies_elsewhere after update on recado.appointment
    for each row when (
        (old.blocking, old.practitioner_id, old.room_id, old.starts_at, old.ends_at, old.seat)
        is distinct from (new.blocking, new.practitioner_id, new.room_id, new.starts_at, new.ends_at, new.seat))
    execute function recado.occupy_actors();

--changeset recado:groups-3
--comment: So do holds: several forms keep places of one group. How many is counted while the practitioner is locked.
alter table recado.slot_hold
    add column shared uuid not null default gen_random_uuid(),
    drop constraint slot_hold_apart,
    drop constraint slot_hold_room_apart;
alter table recado.slot_hold
    add constraint slot_hold_apart exclude using gist (
        organization_id with =, practitioner_id with =, shared with <>, tstzrange(starts_at, ends_at) with &&),
    add constraint slot_hold_room_apart exclude using gist (
        organization_id with =, room_id with =, shared with <>, tstzrange(starts_at, ends_at) with &&) where (room_id is not null);
