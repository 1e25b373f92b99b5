--liquibase formatted sql

--changeset recado:watch-1
--comment: Operators see why messages wait, and how many webhooks do. The worker reads codes, states and times; each count reads an index of what is counted.
grant select (reason) on recado.message to recado_worker;
grant select (organization_id, endpoint_id, state, next_attempt_at) on recado.webhook_delivery to recado_worker;
grant select (organization_id, id, state) on recado.webhook_endpoint to recado_worker;

--changeset recado:watch-2 runInTransaction:false
--comment: Dropped first, because one that was interrupted stays behind, unusable. It waits for old transactions, holds up nobody meanwhile, and so may wait.
set lock_timeout = 0;
drop index concurrently if exists recado.message_queued_by_reason;
create index concurrently message_queued_by_reason on recado.message (reason, due_at) where state = 'queued';
set lock_timeout = '5s';

--changeset recado:watch-3 runInTransaction:false
set lock_timeout = 0;
drop index concurrently if exists recado.webhook_delivery_open;
create index concurrently webhook_delivery_open
    on recado.webhook_delivery (state, organization_id, endpoint_id, next_attempt_at) where state in ('pending', 'failed');
set lock_timeout = '5s';

--changeset recado:watch-4 runInTransaction:false
--comment: Which messages waited for a line, of one clinic in some days.
set lock_timeout = 0;
drop index concurrently if exists recado.message_step_held;
create index concurrently message_step_held on recado.message_step (organization_id, at)
    where state = 'queued' and reason in ('line-down', 'line-unknown');
set lock_timeout = '5s';
