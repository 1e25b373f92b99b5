--liquibase formatted sql

--changeset recado:suspension-1
--comment: A clinic that the platform has suspended: since when, why and by whom. The register is short: one row a clinic. See ADR 87.
alter table recado.organization
    add column suspended_at      timestamptz,
    add column suspended_by      text,
    add column suspension_reason text,
    drop constraint organization_state,
    add constraint organization_state check (state in ('provisioning', 'active', 'suspended')),
    add constraint organization_suspension check (
        (state = 'suspended') = (suspended_at is not null)
        and (suspended_at is null) = (suspended_by is null)
        and (suspended_at is null) = (suspension_reason is null)),
    add constraint organization_suspension_reason check (suspension_reason in ('payment', 'request', 'misuse', 'security'));

--changeset recado:suspension-2
--comment: Lines that a suspension found running: what its end starts again. A line that a person had stopped stays stopped.
alter table recado.whatsapp_line add column resumes boolean not null default false;
