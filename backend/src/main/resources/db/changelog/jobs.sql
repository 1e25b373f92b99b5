--liquibase formatted sql

--changeset recado:jobs-1
--comment: What is done later or again, in the shape db-scheduler needs. Claimed across organizations, so it is not fenced; the constraint keeps everything but ids and times out.
create table recado.scheduled_task (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance),
    constraint scheduled_task_holds_ids_only check (task_data is null
        and task_instance ~ '^(recurring|[0-9a-f-]{36}/[0-9a-f-]{36}(/[0-9]{1,19})?)$')
);
create index scheduled_task_due on recado.scheduled_task (execution_time);
create index scheduled_task_heartbeat on recado.scheduled_task (last_heartbeat) where picked;
grant select, insert, update, delete on recado.scheduled_task to recado_app;

--changeset recado:jobs-2
--comment: Jobs that failed as often as they may. They stay until a person has them done again. subject says what the job is about, as in scheduled_task.
create table recado.dead_job (
    organization_id uuid        not null,
    id              uuid        not null,
    kind            text        not null,
    subject         text        not null,
    attempts        integer     not null,
    cause           text        not null,
    failed_at       timestamptz not null,
    primary key (organization_id, id),
    constraint dead_job_once unique (organization_id, kind, subject)
);
call recado.fence('dead_job');
grant select (organization_id, id, kind, attempts, cause, failed_at) on recado.dead_job to recado_worker;

--changeset recado:jobs-3 splitStatements:false
--comment: Media that is still to be fetched becomes a job each.
do $$
declare
    moved bigint;
begin
    set local role recado_migrator;
    insert into recado.scheduled_task (task_name, task_instance, execution_time, picked, version)
    select 'media-fetch', organization_id || '/' || id, next_attempt_at, false, 1
      from recado.engine_media where next_attempt_at is not null;
    get diagnostics moved = row_count;
    if moved <> (select count(*) from recado.engine_media where next_attempt_at is not null) then
        raise exception 'media that is still to be fetched was not turned into jobs';
    end if;
end
$$;

--changeset recado:jobs-4 splitStatements:false
--comment: When it was fetched or given up says what its job has come to; attempts are the job's.
alter table recado.engine_media add column settled_at timestamptz;
do $$
declare
    settled bigint;
begin
    set local role recado_migrator;
    update recado.engine_media set settled_at = announced_at where next_attempt_at is null;
    get diagnostics settled = row_count;
    if settled <> (select count(*) from recado.engine_media where next_attempt_at is null) then
        raise exception 'media that was fetched is not known as such';
    end if;
end
$$;

--changeset recado:jobs-5
--comment: A read mark gets an id of its own: what the platform calls the message holds a number. Claims' columns stay for processes of the version before.
alter table recado.engine_read_mark
    add column id uuid not null default gen_random_uuid(),
    add column done_at timestamptz,
    add constraint engine_read_mark_id unique (organization_id, id);

--changeset recado:jobs-6 splitStatements:false
--comment: Owners who are still to be told that a line is down are told by a job each, known by the line and the millisecond of its loss.
do $$
declare
    moved bigint;
begin
    set local role recado_migrator;
    insert into recado.scheduled_task (task_name, task_instance, execution_time, picked, version)
    select 'line-alarm', organization_id || '/' || id || '/' || floor(extract(epoch from down_since) * 1000)::bigint,
           down_since + interval '45 seconds', false, 1
      from recado.whatsapp_line where down_since is not null and told_at is null;
    get diagnostics moved = row_count;
    if moved <> (select count(*) from recado.whatsapp_line where down_since is not null and told_at is null) then
        raise exception 'owners who are still to be told were not turned into jobs';
    end if;
end
$$;
