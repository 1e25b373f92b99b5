--liquibase formatted sql

--changeset recado:api-requests-1
--comment: What programs asked of the API: when, which operation, what came of it. No body, no query, no path with its ids: nothing of a patient. Kept for thirty days.
create table recado.api_request (
    organization_id uuid        not null,
    id              uuid        not null,
    at              timestamptz not null,
    api_client_id   uuid,
    method          text        not null,
    operation       text,
    status          smallint    not null,
    problem         text,
    millis          integer     not null,
    address         text        not null,
    trace_id        text        not null,
    skipped         integer     not null default 0,
    primary key (organization_id, id),
    foreign key (organization_id, api_client_id) references recado.api_client (organization_id, id),
    constraint api_request_status check (status between 100 and 599)
);
create index api_request_time on recado.api_request (organization_id, at, id);
create index api_request_client on recado.api_request (organization_id, api_client_id, at, id);
call recado.fence('api_request');
