--liquibase formatted sql

--changeset recado:audit-months-1 runInTransaction:false
--comment: What becomes the primary key of a table in months. Built while others write.
set lock_timeout = 0;
drop index concurrently if exists recado.audit_entry_key;
create unique index concurrently audit_entry_key on recado.audit_entry (organization_id, at, id);
set lock_timeout = '5s';

--changeset recado:audit-months-2 splitStatements:false
--comment: What there is stays together as one part, from its first month until the end of the next: said by a constraint first, so that nobody waits while it is checked.
do $$
declare
    first date;
    behind date;
begin
    set local role recado_migrator;
    select date_trunc('month', coalesce(least(min(at), now()), now()) at time zone 'UTC'),
           date_trunc('month', greatest(max(at), now() + interval '7 days') at time zone 'UTC') + interval '1 month'
      into first, behind from recado.audit_entry;
    reset role;
    execute format('alter table recado.audit_entry add constraint audit_entry_months'
                   ' check (at >= timestamptz %L and at < timestamptz %L) not valid',
                   first || ' 00:00+00', behind || ' 00:00+00');
end
$$;

--changeset recado:audit-months-3
alter table recado.audit_entry validate constraint audit_entry_months;

--changeset recado:audit-months-4 splitStatements:false
--comment: The trail in months, with what there was as its first part. No row is written: names change, and the part is attached by the constraint. See ADR 200.
do $$
declare
    said text;
    first date;
    behind date;
    part text;
    name text;
begin
    set local timezone = 'UTC';
    select pg_get_constraintdef(oid) into said from pg_constraint
     where conrelid = 'recado.audit_entry'::regclass and conname = 'audit_entry_months';
    first := substring(said from '>= ''(\d{4}-\d{2}-\d{2})')::date;
    behind := substring(said from '< ''(\d{4}-\d{2}-\d{2})')::date;
    part := 'audit_entry_until_' || to_char(behind, 'YYYY_MM');

    drop view recado.audit_broken;
    drop function recado.audit_hash(uuid, bigint, bytea);
    drop function recado.audit_text(recado.audit_entry);
    drop policy chained_once on recado.audit_entry;
    drop policy kept_half_a_year on recado.audit_entry;
    revoke all on recado.audit_entry from recado_app, recado_worker;
    alter table recado.audit_entry drop constraint audit_entry_pkey;
    drop index recado.audit_entry_time;
    foreach name in array array['actor', 'action', 'record', 'batch', 'open'] loop
        execute format('alter index recado.%I rename to %I', 'audit_entry_' || name, part || '_' || name);
    end loop;
    execute format('alter table recado.audit_entry rename to %I', part);
    execute format('alter table recado.%I add constraint %I primary key using index audit_entry_key', part, part || '_pkey');

    create table recado.audit_entry (
        organization_id uuid        not null,
        id              uuid        not null,
        at              timestamptz not null,
        actor_kind      text        not null,
        actor           text,
        actor_name      text,
        address         text,
        operation       text,
        action          text        not null,
        record_id       uuid,
        changes         jsonb       not null,
        batch           bigint,
        primary key (organization_id, at, id),
        constraint audit_entry_actor check (actor_kind in ('person', 'client', 'public', 'recado'))
    ) partition by range (at);
    create index audit_entry_actor on recado.audit_entry (organization_id, actor, at, id) where actor is not null;
    create index audit_entry_action on recado.audit_entry (organization_id, action, at, id);
    create index audit_entry_record on recado.audit_entry (organization_id, record_id, at, id) where record_id is not null;
    create index audit_entry_batch on recado.audit_entry (organization_id, batch);
    create index audit_entry_open on recado.audit_entry (organization_id) where batch is null;
    execute format('alter table recado.audit_entry attach partition recado.%I for values from (%L) to (%L)',
                   part, first || ' 00:00+00', behind || ' 00:00+00');
    execute format('alter table recado.%I drop constraint audit_entry_months', part);

    call recado.fence('audit_entry');
    revoke update on recado.audit_entry from recado_app;
    grant update (batch) on recado.audit_entry to recado_app;
    grant select (organization_id, batch) on recado.audit_entry to recado_worker;
    create policy chained_once on recado.audit_entry as restrictive for update
        using (batch is null) with check (batch is not null);
    create policy kept_half_a_year on recado.audit_entry as restrictive for delete
        using (batch is not null and at < now() - interval '180 days');
end
$$;

--changeset recado:audit-months-5 splitStatements:false
--comment: As in audit-4: the same text, or every chain would break.
create function recado.audit_text(entry recado.audit_entry) returns text
    language sql stable
    return jsonb_build_array(entry.id, extract(epoch from entry.at)::text, entry.actor_kind, entry.actor, entry.actor_name,
                             entry.address, entry.operation, entry.action, entry.record_id, entry.changes)::text;

--changeset recado:audit-months-6 splitStatements:false
create function recado.audit_hash(organization uuid, batch_number bigint, previous bytea) returns bytea
    language sql stable
    return (select sha256(previous || convert_to(
                       batch_number::text || E'\n' || coalesce(string_agg(recado.audit_text(e), E'\n' order by e.id), ''),
                       'UTF8'))
              from recado.audit_entry e
             where e.organization_id = organization and e.batch = batch_number);

--changeset recado:audit-months-7 splitStatements:false
create view recado.audit_broken with (security_invoker = true) as
select b.organization_id, b.number,
       case when b.number <> b.place then 'gap'
            when b.previous <> b.before then 'link'
            when there.entries <> b.entries then 'count'
            else 'content' end as fault
  from (select a.*, row_number() over w as place,
               lag(a.hash, 1, sha256(convert_to(a.organization_id::text, 'UTF8'))) over w as before
          from recado.audit_batch a
        window w as (partition by a.organization_id order by a.number)) b
  cross join lateral (select count(*) as entries from recado.audit_entry e
                       where e.organization_id = b.organization_id and e.batch = b.number) there
 where b.number <> b.place
    or b.previous <> b.before
    or not (there.entries < b.entries and b.last_at < now() - interval '180 days')
       and (there.entries <> b.entries
            or b.hash <> recado.audit_hash(b.organization_id, b.number, b.previous))
union all
select e.organization_id, e.batch, 'missing'
  from recado.audit_entry e
 where e.batch is not null
   and not exists (select from recado.audit_batch b where b.organization_id = e.organization_id and b.number = e.batch)
 group by e.organization_id, e.batch;

--changeset recado:audit-months-8
grant execute on function recado.audit_text(recado.audit_entry) to recado_app;
grant execute on function recado.audit_hash(uuid, bigint, bytea) to recado_app;

--changeset recado:audit-months-9 splitStatements:false
--comment: Months ahead, made by whoever serves, who owns nothing: with the rights of the owner, and nothing but months of the trail. What exists already, or has entries elsewhere, is left as it is.
create function recado.make_audit_months(first date, months integer) returns integer
    language plpgsql security definer
    set search_path = recado, pg_temp
    set lock_timeout = '2s'
as $$
declare
    month date;
    part text;
    made integer := 0;
begin
    if months is null or months not between 1 and 24 then
        raise exception 'between 1 and 24 months are made at a time' using errcode = 'invalid_parameter_value';
    end if;
    for i in 0 .. months - 1 loop
        month := date_trunc('month', first) + make_interval(months => i);
        part := 'audit_entry_' || to_char(month, 'YYYY_MM');
        continue when to_regclass('recado.' || part) is not null;
        begin
            execute format('create table recado.%I (like recado.audit_entry including constraints including indexes)', part);
            execute format('alter table recado.%I enable row level security, force row level security', part);
            execute format('create policy organization on recado.%I using (organization_id = recado.current_organization())'
                           ' with check (organization_id = recado.current_organization())', part);
            execute format('alter table recado.audit_entry attach partition recado.%I for values from (%L) to (%L)',
                           part, month || ' 00:00+00', (month + interval '1 month')::date || ' 00:00+00');
            made := made + 1;
        exception
            when invalid_object_definition or check_violation then
                null; -- in the first part, or in what belongs to no month
        end;
    end loop;
    return made;
end
$$;

--changeset recado:audit-months-10 splitStatements:false
--comment: Lets a month go as a whole, with the same bound as for single entries: the last half year stays.
create function recado.drop_audit_month(part text) returns void
    language plpgsql security definer
    set search_path = recado, pg_temp
    set lock_timeout = '2s'
as $$
declare
    behind date;
begin
    behind := case when part ~ '^audit_entry_until_\d{4}_\d{2}$' then to_date(right(part, 7), 'YYYY_MM')
                   when part ~ '^audit_entry_\d{4}_\d{2}$' then to_date(right(part, 7), 'YYYY_MM') + interval '1 month' end;
    if behind is null or not exists (select from pg_inherits where inhparent = 'recado.audit_entry'::regclass
                                        and inhrelid = to_regclass('recado.' || part)) then
        raise exception 'no month of the audit trail' using errcode = 'undefined_table';
    end if;
    if behind > (now() - interval '180 days') at time zone 'UTC' then
        raise exception 'the last half year stays' using errcode = 'insufficient_privilege';
    end if;
    execute format('drop table recado.%I', part);
end
$$;

--changeset recado:audit-months-11 splitStatements:false
--comment: What belongs to no month that was made: a clock that is wrong, or nobody who made months for a quarter. Nothing is refused.
do $$
begin
    create table recado.audit_entry_rest partition of recado.audit_entry default;
    alter table recado.audit_entry_rest enable row level security, force row level security;
    create policy organization on recado.audit_entry_rest using (organization_id = recado.current_organization())
        with check (organization_id = recado.current_organization());
    revoke all on function recado.make_audit_months(date, integer) from public;
    revoke all on function recado.drop_audit_month(text) from public;
    grant execute on function recado.make_audit_months(date, integer) to recado_app;
    grant execute on function recado.drop_audit_month(text) to recado_app;
    perform recado.make_audit_months((now() at time zone 'UTC')::date, 6);
end
$$;
