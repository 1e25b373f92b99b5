--liquibase formatted sql

--changeset recado:audit-1
--comment: What was done and read, by whom, whence; written by the transaction that did it. batch is null until the entry is part of the chain, a few minutes later. See ADR 68.
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
    primary key (organization_id, id),
    constraint audit_entry_actor check (actor_kind in ('person', 'client', 'public', 'recado'))
);
create index audit_entry_time on recado.audit_entry (organization_id, at, id);
create index audit_entry_actor on recado.audit_entry (organization_id, actor, at, id) where actor is not null;
create index audit_entry_action on recado.audit_entry (organization_id, action, at, id);
create index audit_entry_record on recado.audit_entry (organization_id, record_id, at, id) where record_id is not null;
create index audit_entry_batch on recado.audit_entry (organization_id, batch);
create index audit_entry_open on recado.audit_entry (organization_id) where batch is null;
call recado.fence('audit_entry');
revoke update on recado.audit_entry from recado_app;
grant update (batch) on recado.audit_entry to recado_app;
grant select (organization_id, batch) on recado.audit_entry to recado_worker;

--changeset recado:audit-2
--comment: Whoever has taken over the serving process can neither put an entry into another batch nor wipe out the last half year.
create policy chained_once on recado.audit_entry as restrictive for update
    using (batch is null) with check (batch is not null);
create policy kept_half_a_year on recado.audit_entry as restrictive for delete
    using (batch is not null and at < now() - interval '180 days');

--changeset recado:audit-3
--comment: The chain: each batch of entries is hashed together with the hash before it. Batches stay when their entries go with time.
create table recado.audit_batch (
    organization_id uuid        not null,
    number          bigint      not null,
    entries         integer     not null,
    last_at         timestamptz not null,
    previous        bytea       not null,
    hash            bytea       not null,
    primary key (organization_id, number)
);
call recado.fence('audit_batch');
revoke update, delete on recado.audit_batch from recado_app;

--changeset recado:audit-4 splitStatements:false
--comment: An entry as it is hashed. Whatever it says is part of it; a change of this function breaks every chain.
create function recado.audit_text(entry recado.audit_entry) returns text
    language sql stable
    return jsonb_build_array(entry.id, extract(epoch from entry.at)::text, entry.actor_kind, entry.actor, entry.actor_name,
                             entry.address, entry.operation, entry.action, entry.record_id, entry.changes)::text;

--changeset recado:audit-5 splitStatements:false
--comment: The hash of a batch, computed from the entries that are there.
create function recado.audit_hash(organization uuid, batch_number bigint, previous bytea) returns bytea
    language sql stable
    return (select sha256(previous || convert_to(
                       batch_number::text || E'\n' || coalesce(string_agg(recado.audit_text(e), E'\n' order by e.id), ''),
                       'UTF8'))
              from recado.audit_entry e
             where e.organization_id = organization and e.batch = batch_number);

--changeset recado:audit-6 splitStatements:false
--comment: Batches of the bound organization that are not what they were: gap, link, count, content or missing. Entries that may be gone with time are no fault.
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

--changeset recado:audit-7
grant execute on function recado.audit_text(recado.audit_entry) to recado_app;
grant execute on function recado.audit_hash(uuid, bigint, bytea) to recado_app;
