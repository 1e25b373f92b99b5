--liquibase formatted sql

--changeset recado:clock-changes-1
--comment: The hour of the wall clock that a visit was booked for, so that a change of a country's rules is noticed; null for visits that were written by a version before this one. And whether its clock shows another hour since.
alter table recado.appointment
    add column starts_local timestamp,
    add column clocks_changed boolean not null default false;
create index appointment_clocks_changed on recado.appointment (organization_id, starts_at, id) where clocks_changed;

--changeset recado:clock-changes-2 splitStatements:false
--comment: Visits ahead, as the role of migrations, because the owner is fenced, too.
set local role recado_migrator;
do $$
begin
    update recado.appointment set starts_local = starts_at at time zone time_zone where starts_at > now();
end
$$;
reset role;
