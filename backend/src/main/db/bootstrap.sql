-- What a superuser prepares once in the database "recado", before the first start and again after every change here.
-- It may run any number of times. ${…} are passwords, filled in by whoever runs it; they never stand in this file.
-- Tables, policies and grants are not here: they belong to the migrations, which run as recado_owner.

do $$
declare
  wanted text;
begin
  foreach wanted in array array[
    'recado_owner', 'recado_migrator', 'recado_app', 'recado_worker', 'recado_gateway', 'recado_keycloak'
  ] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I', wanted);
    end if;
  end loop;
end
$$;

-- Owns the schema and runs migrations. Forced row-level security fences it like everybody else.
alter role recado_owner with login nosuperuser nobypassrls nocreatedb nocreaterole noinherit password '${owner_password}';
-- Backfills and constraint validation need to see every row: the owner changes into this role on purpose, never by inheriting.
alter role recado_migrator with nologin nosuperuser bypassrls nocreatedb nocreaterole;
-- Serves requests. Owns nothing, bypasses nothing.
alter role recado_app with login nosuperuser nobypassrls nocreatedb nocreaterole password '${app_password}';
-- Claims work across organizations. Bypasses the policies, so migrations grant it single columns only.
alter role recado_worker with login nosuperuser bypassrls nocreatedb nocreaterole password '${worker_password}';
alter role recado_gateway with login nosuperuser nobypassrls nocreatedb nocreaterole password '${gateway_password}';
alter role recado_keycloak with login nosuperuser nobypassrls nocreatedb nocreaterole password '${keycloak_password}';

grant recado_migrator to recado_owner with inherit false, set true, admin false;

create schema if not exists recado authorization recado_owner;
create schema if not exists gateway authorization recado_gateway;
create schema if not exists keycloak authorization recado_keycloak;

-- In the application's own schema, so that a search_path of one schema is enough to find operators and functions.
create extension if not exists btree_gist schema recado;
create extension if not exists unaccent schema recado;

grant usage on schema recado to recado_app, recado_worker, recado_migrator;
alter default privileges for role recado_owner in schema recado
  grant select, insert, update, delete on tables to recado_migrator;

alter role recado_owner set search_path = recado;
alter role recado_migrator set search_path = recado;
alter role recado_app set search_path = recado;
alter role recado_worker set search_path = recado;
alter role recado_gateway set search_path = gateway;
alter role recado_keycloak set search_path = keycloak;

-- Nobody gets anything by merely being connected.
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format(
    'grant connect on database %I to recado_owner, recado_app, recado_worker, recado_gateway, recado_keycloak',
    current_database());
end
$$;
revoke all on schema public from public;
