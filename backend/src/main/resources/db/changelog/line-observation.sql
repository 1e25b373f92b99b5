--liquibase formatted sql

--changeset recado:line-observation-1
--comment: What the clinic wants of a line, apart from what its engine was seen to do. observation counts what was taken over: whoever asked before the newest loses. engine_since: when the engine, by its own clock, came into the state it reported.
alter table recado.whatsapp_line
    add column desired      text   not null default 'stopped',
    add column observation  bigint not null default 0,
    add column engine_since timestamptz,
    add column looked_at    timestamptz,
    add column silent_since timestamptz,
    add constraint whatsapp_line_desired check (desired in ('running', 'stopped'));
grant select (desired, observation, looked_at, silent_since) on recado.whatsapp_line to recado_worker;

--changeset recado:line-observation-2 splitStatements:false
--comment: Lines that are not stopped were wanted to run.
do $$
declare
    wanted bigint;
begin
    set local role recado_migrator;
    update recado.whatsapp_line set desired = 'running' where state <> 'stopped';
    get diagnostics wanted = row_count;
    if wanted <> (select count(*) from recado.whatsapp_line where state <> 'stopped') then
        raise exception 'lines that run are not known to be wanted';
    end if;
end
$$;

--changeset recado:line-observation-3
--comment: When each process last reached what it watches. One that alone cannot reach it says nothing about lines. Kept under the nil organization.
create table recado.line_sight (
    organization_id uuid        not null,
    process         uuid        not null,
    target          text        not null,
    reached_at      timestamptz not null,
    primary key (organization_id, process, target),
    constraint line_sight_target check (target in ('gateway', 'providers'))
);
call recado.fence('line_sight');

--changeset recado:line-observation-4
--comment: The code a line of Evolution offers to be linked with, so that every replica shows it. Sealed like credentials, for whoever scans it owns the line; gone when it is of no use any more.
create table recado.line_pairing_code (
    organization_id uuid        not null,
    line_id         uuid        not null,
    sealed          text        not null,
    expires_at      timestamptz not null,
    primary key (organization_id, line_id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id) on delete cascade
);
call recado.fence('line_pairing_code');
