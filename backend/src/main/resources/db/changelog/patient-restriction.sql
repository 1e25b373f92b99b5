--liquibase formatted sql

--changeset recado:patient-restriction-1
--comment: A patient whose data is kept and not used (LGPD art. 18 IV, GDPR art. 18): nothing is sent by itself, and nothing leaves for others. See ADR 46.
alter table recado.patient
    add column restricted_at      timestamptz,
    add column restricted_by      text,
    add column restriction_reason text,
    add constraint patient_restricted check (
        (restricted_at is null) = (restricted_by is null) and (restricted_at is not null or restriction_reason is null)
        and char_length(restriction_reason) <= 500),
    add constraint patient_erased_is_not_restricted check (erased_at is null or restricted_at is null);
