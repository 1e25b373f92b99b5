--liquibase formatted sql

--changeset recado:deletion-1
--comment: Clinics that are to be deleted. Since when is said by the database's own clock: the serving process cannot write that column. See ADR 97.
create table recado.organization_deletion (
    organization_id uuid        not null primary key,
    requested_at    timestamptz not null default now(),
    requested_as    text        not null,
    requested_by    text        not null,
    begun_at        timestamptz,
    constraint organization_deletion_as check (requested_as in ('owner', 'platform'))
);
call recado.fence('organization_deletion');
revoke insert, update on recado.organization_deletion from recado_app;
grant insert (organization_id, requested_as, requested_by), update (begun_at) on recado.organization_deletion to recado_app;

--changeset recado:deletion-2
--comment: When a clinic is to be deleted stands beside why nobody may work in it. The register is short: one row a clinic.
alter table recado.organization
    add column deletion_due_at timestamptz,
    drop constraint organization_suspension_reason,
    add constraint organization_suspension_reason check (
        suspension_reason in ('payment', 'request', 'misuse', 'security', 'deletion')),
    add constraint organization_deletion_suspends check (deletion_due_at is null or state = 'suspended');

--changeset recado:deletion-3 splitStatements:false
--comment: Whether the bound organization has been waiting for its deletion long enough for anything at all to be deleted.
create function recado.deletion_due() returns boolean
    language sql stable
    return exists (select from recado.organization_deletion d
                    where d.organization_id = recado.current_organization()
                      and d.requested_at < now() - interval '7 days');

--changeset recado:deletion-4
grant execute on function recado.deletion_due() to recado_app;
alter policy kept_half_a_year on recado.audit_entry
    using (batch is not null and at < now() - interval '180 days' or recado.deletion_due());
alter policy kept_half_a_year on recado.patient_read
    using (period < now() - interval '180 days' or recado.deletion_due());

--changeset recado:deletion-5 splitStatements:false
--comment: What nobody could delete goes with its clinic, and not otherwise.
do $$
declare
    kept text;
begin
    foreach kept in array array[
        'appointment_event', 'assistant_settings', 'audit_batch', 'call_attempt', 'campaign', 'custom_field',
        'custom_template', 'flow', 'flow_version', 'message_template_version', 'migrated_record', 'organization',
        'organization_limits', 'phone_consent', 'privacy_request']
    loop
        execute format('grant delete on recado.%I to recado_app', kept);
        execute format('create policy goes_with_its_clinic on recado.%I as restrictive for delete'
                       ' using (recado.deletion_due())', kept);
    end loop;
end
$$;

--changeset recado:deletion-6
--comment: That a clinic was deleted, without anything about a person; kept under the nil organization.
create table recado.deleted_organization (
    organization_id uuid        not null,
    id              uuid        not null,
    country         text        not null,
    registered_at   timestamptz not null,
    requested_at    timestamptz not null,
    requested_as    text        not null,
    begun_at        timestamptz not null,
    records         bigint      not null default 0,
    files           bigint      not null default 0,
    accounts        integer     not null default 0,
    deleted_at      timestamptz,
    primary key (organization_id, id)
);
call recado.fence('deleted_organization');
revoke update, delete on recado.deleted_organization from recado_app;
grant update (records, files, accounts, deleted_at) on recado.deleted_organization to recado_app;
