-- Optional, once, by a superuser in the database recado: the role with which Grafana reads the dashboard "One clinic".
--   psql -d recado -v password="$RECADO_GRAFANA_DATABASE_PASSWORD" -f grafana-role.sql
-- It bypasses row-level security, because support looks at any clinic, and was granted ids, states and times alone: no name,
-- phone, address or text. It cannot write, and no question of it lasts long. It may run any number of times.
do $$
begin
  if not exists (select from pg_roles where rolname = 'recado_grafana') then
    create role recado_grafana;
  end if;
end
$$;
alter role recado_grafana with login nosuperuser bypassrls nocreatedb nocreaterole connection limit 5 password :'password';
alter role recado_grafana set default_transaction_read_only = on;
alter role recado_grafana set statement_timeout = '10s';
do $$
begin
  execute format('grant connect on database %I to recado_grafana', current_database());
end
$$;
grant usage on schema recado to recado_grafana;
grant select (organization_id, id, engine, is_default, desired, state, cause, since, down_since)
   on recado.whatsapp_line to recado_grafana;
grant select (organization_id, line_id, at, state, cause) on recado.whatsapp_line_transition to recado_grafana;
grant select (organization_id, state, reason, due_at, ready) on recado.message to recado_grafana;
grant select (organization_id, state, at) on recado.message_step to recado_grafana;
grant select (organization_id, type, at) on recado.gateway_event to recado_grafana;
grant select (organization_id, state, waiting_since) on recado.conversation to recado_grafana;
grant select (organization_id, endpoint_id, state, next_attempt_at) on recado.webhook_delivery to recado_grafana;
grant select (organization_id, id, state) on recado.webhook_endpoint to recado_grafana;
grant select (organization_id, kind, attempts, cause, failed_at) on recado.dead_job to recado_grafana;
grant select (organization_id, source, type, attempts, cause, set_aside_at) on recado.set_aside_event to recado_grafana;
