--liquibase formatted sql

--changeset recado:kernel-1 splitStatements:false
--comment: The organization bound to this transaction; null outside any, so that nothing matches.
create function recado.current_organization() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('app.organization_id', true), '')::uuid;

--changeset recado:kernel-2 splitStatements:false
--comment: True for work of the platform itself, which may see the register of organizations and nothing else.
create function recado.platform_work() returns boolean
    language sql stable parallel safe
    return coalesce(current_setting('app.platform', true), 'off') = 'on';

--changeset recado:kernel-3 splitStatements:false
--comment: Every table of an organization goes through this gate: row-level security, forced also for the owner, and the app's grants.
create procedure recado.fence(table_name text)
    language plpgsql
    set search_path = recado, pg_temp
as $$
begin
    execute format('alter table recado.%I enable row level security', table_name);
    execute format('alter table recado.%I force row level security', table_name);
    execute format('create policy organization on recado.%I using (organization_id = recado.current_organization())'
                   ' with check (organization_id = recado.current_organization())', table_name);
    execute format('grant select, insert, update, delete on recado.%I to recado_app', table_name);
end
$$;

--changeset recado:kernel-4
revoke all on procedure recado.fence(text) from public;
grant execute on function recado.current_organization() to recado_app, recado_worker;
grant execute on function recado.platform_work() to recado_app, recado_worker;

--changeset recado:kernel-5
--comment: Answers of idempotent requests. Platform requests are kept under the nil organization.
create table recado.stored_answer (
    organization_id uuid        not null,
    subject         text        not null,
    route           text        not null,
    key             text        not null,
    request_hash    text        not null,
    status          smallint    not null,
    location        text,
    etag            text,
    body            text,
    created_at      timestamptz not null,
    primary key (organization_id, subject, route, key)
);
create index stored_answer_age on recado.stored_answer (organization_id, created_at);
call recado.fence('stored_answer');

--changeset recado:kernel-6
--comment: Kept answers hold patient data and count for 24 hours. The worker sees which organizations have older ones, not which.
drop index recado.stored_answer_age;
create index stored_answer_age on recado.stored_answer (created_at, organization_id);
grant select (organization_id, created_at) on recado.stored_answer to recado_worker;

--changeset recado:kernel-7
--comment: What one process does for the whole installation, and until when; kept under the nil organization.
create table recado.duty (
    organization_id uuid        not null,
    duty            text        not null,
    leased_by       uuid,
    leased_until    timestamptz,
    not_before      timestamptz,
    failures        integer     not null default 0,
    last_turn_at    timestamptz not null,
    primary key (organization_id, duty)
);
call recado.fence('duty');
grant select (organization_id, duty, leased_by, leased_until, not_before, failures, last_turn_at),
      insert (organization_id, duty, leased_by, leased_until, not_before, failures, last_turn_at),
      update (leased_by, leased_until, not_before, failures, last_turn_at)
   on recado.duty to recado_worker;
