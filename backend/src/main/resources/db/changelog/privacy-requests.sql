--liquibase formatted sql

--changeset recado:privacy-requests-1
--comment: What patients asked about their data. When it is due, and by which rule, is settled when it is written down: laws change. See ADR 44.
create table recado.privacy_request (
    organization_id uuid        not null,
    id              uuid        not null,
    patient_id      uuid        not null,
    kind            text        not null,
    state           text        not null,
    received_on     date        not null,
    due_on          date        not null,
    term_days       integer     not null,
    working_days    boolean     not null,
    law             text,
    note            text,
    reason          text,
    closed_at       timestamptz,
    closed_by       text,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    constraint privacy_request_kind check (kind in ('access', 'correction', 'erasure', 'restriction')),
    constraint privacy_request_state check (state in ('open', 'done', 'refused')),
    constraint privacy_request_due check (due_on > received_on),
    constraint privacy_request_closed check (
        (state = 'open') = (closed_at is null) and (state = 'open') = (closed_by is null)
        and (state <> 'open' or reason is null) and (state <> 'refused' or reason is not null)),
    constraint privacy_request_words check (char_length(note) <= 1000 and char_length(reason) <= 1000)
);
create index privacy_request_open on recado.privacy_request (organization_id, due_on, id) where state = 'open';
create index privacy_request_closed on recado.privacy_request (organization_id, closed_at, id) where state <> 'open';
create index privacy_request_of_patient on recado.privacy_request (organization_id, patient_id);
call recado.fence('privacy_request');
revoke delete on recado.privacy_request from recado_app;

--changeset recado:privacy-requests-2
--comment: The copy of everything about one person is a part of its own.
alter table recado.patient_read
    drop constraint patient_read_part,
    add constraint patient_read_part check (
        part in ('record', 'visits', 'messages', 'search-results', 'register', 'register-export', 'personal-data'));
