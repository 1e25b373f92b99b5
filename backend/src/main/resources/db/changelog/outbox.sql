--liquibase formatted sql

--changeset recado:outbox-1
--comment: What the outbox needs to work conversations in deadline order: see ADR 8. A row is ready once it is due; only the worker decides that, by its own clock.
alter table recado.message
    -- Inside a clinic the lower number goes first: 10 care (about a visit, or written by staff), 20 campaigns.
    add column priority           smallint not null default 10,
    -- What is to be done next, most urgent first: 0 take it back, 1 finish a call that was not answered, else its priority.
    add column rank               smallint not null default 10,
    -- Due and waiting for a worker. What falls due later is made ready by the worker.
    add column ready              boolean  not null default false,
    -- Calls to the engine that brought it no further, since the last one that did.
    add column attempts           integer  not null default 0,
    -- Nothing else leaves in this conversation before it is settled: it is at the engine's door, is tried again, or is being taken back.
    add column holds_conversation boolean  not null default false,
    add constraint message_priority check (priority in (10, 20)),
    add constraint message_rank check (rank in (0, 1, 10, 20)),
    add constraint message_attempts check (attempts >= 0);

--changeset recado:outbox-2
--comment: Each query of the worker and of the monitors has an index that holds only what it looks for.
create index message_falls_due on recado.message (next_attempt_at) where next_attempt_at is not null and not ready;
create index message_ready on recado.message (organization_id, rank, useful_until, due_at, id)
    include (patient_id, line_id) where ready;
create index message_holding on recado.message (organization_id, patient_id, phone) where holds_conversation;
drop index recado.message_due;
drop index recado.message_due_of_organization;
grant select (patient_id, priority, rank, ready), update (ready) on recado.message to recado_worker;

--changeset recado:outbox-3 splitStatements:false
--comment: What is at the gateway's door or is being taken back holds its conversation already.
set local role recado_migrator;
do $$
declare
    wanted integer;
    done   integer;
begin
    select count(*) into wanted from recado.message where state = 'handed' or withdraw_reason is not null;
    update recado.message
       set holds_conversation = true,
           rank = case when withdraw_reason is not null then 0 else 1 end
     where state = 'handed' or withdraw_reason is not null;
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'outbox-3: % of % rows', done, wanted;
    end if;
end
$$;
reset role;

--changeset recado:outbox-4
--comment: One queue for all engines: what engine_command kept of a message is kept with the message. See ADR 8.
alter table recado.message
    -- The id under which the provider speaks of it; null where that is the one we chose.
    add column engine_message_id text,
    -- How often a provider fetched what goes with it; the address it was told works a few times only.
    add column media_fetches     integer not null default 0;
create index message_engine_id on recado.message (organization_id, line_id, engine_message_id)
    where engine_message_id is not null;
alter table recado.whatsapp_test_message add column engine_message_id text;

--changeset recado:outbox-5 splitStatements:false
--comment: What waited in engine_command waits in the outbox again and is judged anew; what was on its way is unknown. The table stays until no older version runs.
set local role recado_migrator;
do $$
declare
    wanted integer;
    done   integer;
begin
    -- What providers say of messages from before.
    select count(*) into wanted
      from recado.engine_command c join recado.message m on m.organization_id = c.organization_id and m.id = c.message_id
     where c.provider_id is not null;
    update recado.message m set engine_message_id = c.provider_id, media_fetches = c.media_fetches
      from recado.engine_command c
     where c.organization_id = m.organization_id and c.message_id = m.id and c.provider_id is not null;
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'outbox-5: % of % provider ids', done, wanted;
    end if;
    update recado.whatsapp_test_message t set engine_message_id = c.provider_id
      from recado.engine_command c
     where c.organization_id = t.organization_id and c.message_id = t.id and c.provider_id is not null;
    update recado.whatsapp_test_message t set state = 'expired', reason = 'too-late'
      from recado.engine_command c
     where c.organization_id = t.organization_id and c.message_id = t.id and c.state = 'accepted' and t.state = 'accepted';

    -- On its way: whether it left cannot be told.
    insert into recado.message_step (organization_id, id, message_id, state, reason, at)
    select m.organization_id, gen_random_uuid(), m.id, 'unknown', 'found-sending-at-start', now()
      from recado.engine_command c join recado.message m on m.organization_id = c.organization_id and m.id = c.message_id
     where c.state = 'sending' and m.state in ('handed', 'accepted', 'sending');
    get diagnostics wanted = row_count;
    update recado.message m
       set state = 'unknown', reason = 'found-sending-at-start', next_attempt_at = null, ready = false, rank = priority,
           holds_conversation = false, withdraw_reason = null, updated_at = now(), version = m.version + 1
      from recado.engine_command c
     where c.organization_id = m.organization_id and c.message_id = m.id and c.state = 'sending'
       and m.state in ('handed', 'accepted', 'sending');
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'outbox-5: % of % on their way', done, wanted;
    end if;

    -- Waiting, or handed over and never stored: certainly not sent. What is to be taken back is.
    insert into recado.message_step (organization_id, id, message_id, state, reason, at)
    select m.organization_id, gen_random_uuid(), m.id,
           case when m.withdraw_reason is null then 'queued' else 'withdrawn' end, m.withdraw_reason, now()
      from recado.message m
      join recado.whatsapp_line l on l.organization_id = m.organization_id and l.id = m.line_id and l.engine <> 'linked-device'
     where m.state in ('handed', 'accepted');
    get diagnostics wanted = row_count;
    update recado.message m
       set state = case when m.withdraw_reason is null then 'queued' else 'withdrawn' end,
           reason = m.withdraw_reason,
           next_attempt_at = case when m.withdraw_reason is null then now() end, ready = false, rank = priority,
           holds_conversation = false, withdraw_reason = null, updated_at = now(), version = m.version + 1
      from recado.whatsapp_line l
     where l.organization_id = m.organization_id and l.id = m.line_id and l.engine <> 'linked-device'
       and m.state in ('handed', 'accepted');
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'outbox-5: % of % waiting', done, wanted;
    end if;
    update recado.engine_command set state = 'withdrawn', next_attempt_at = null where state = 'accepted';
    update recado.engine_command set state = 'unknown', reason = 'found-sending-at-start', next_attempt_at = null
     where state = 'sending';
end
$$;
reset role;
