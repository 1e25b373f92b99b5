--liquibase formatted sql

--changeset recado:request-quotas-1
--comment: What callers used of what they may ask, across all replicas: until when everything is spent. The caller is a keyed hash of an account, a clinic or an address. See ADR 196.
create table recado.request_quota (
    caller      text        not null,
    spent_until timestamptz not null,
    primary key (caller)
) with (fillfactor = 50);
grant select, insert, update, delete on recado.request_quota to recado_app;
