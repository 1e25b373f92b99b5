--liquibase formatted sql

--changeset recado:support-access-1
--comment: Until when the platform's support may look into a clinic, and which owner said so. One grant at a time; earlier ones stand in the audit trail. See ADR 89.
alter table recado.organization
    add column support_until           timestamptz,
    add column support_granted_at      timestamptz,
    add column support_granted_by      text,
    add column support_granted_by_name text,
    add column support_used_at         timestamptz,
    add constraint organization_support check (
        (support_until is null) = (support_granted_at is null)
        and (support_until is null) = (support_granted_by is null)
        and (support_until is null) = (support_granted_by_name is null)
        and (support_until is not null or support_used_at is null));
