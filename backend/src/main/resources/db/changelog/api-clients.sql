--liquibase formatted sql

--changeset recado:api-clients-1
--comment: Programs of third parties that call the API for a clinic, and what each may do. A revoked one stays: the audit trail names it.
create table recado.api_client (
    organization_id uuid        not null,
    id              uuid        not null,
    name            text        not null,
    scopes          text[]      not null,
    addresses       text[]      not null,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id)
);
call recado.fence('api_client');

--changeset recado:api-clients-2
--comment: The keys with which they sign in: OAuth clients of the identity server, which alone knows their secrets. One that is not active yet ends by itself.
create table recado.api_client_key (
    organization_id uuid        not null,
    id              uuid        not null,
    api_client_id   uuid        not null,
    oauth_client    text        not null,
    active          boolean     not null,
    ends_at         timestamptz,
    last_used_at    timestamptz,
    created_at      timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, api_client_id) references recado.api_client (organization_id, id),
    constraint api_client_key_name unique (organization_id, oauth_client),
    constraint api_client_key_pending check (active or ends_at is not null)
);
create index api_client_key_of_client on recado.api_client_key (organization_id, api_client_id);
call recado.fence('api_client_key');
