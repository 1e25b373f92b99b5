--liquibase formatted sql

--changeset recado:sign-ins-1
--comment: Until when the identity server's events stand in the audit trails; one row, kept under the nil organization. See ADR 99.
create table recado.sign_in_reading (
    organization_id uuid        not null primary key,
    read_until      timestamptz not null
);
call recado.fence('sign_in_reading');
