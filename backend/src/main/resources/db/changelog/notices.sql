--liquibase formatted sql

--changeset recado:notices-1
--comment: Calls that staff made because no message brought an answer. Nobody changes or deletes one.
create table recado.call_attempt (
    organization_id uuid        not null,
    id              uuid        not null,
    appointment_id  uuid        not null,
    outcome         text        not null,
    at              timestamptz not null,
    next_try_at     timestamptz,
    made_by         text        not null,
    primary key (organization_id, id),
    constraint call_attempt_outcome check (outcome in ('reached', 'no-answer', 'busy', 'left-message', 'wrong-number')),
    constraint call_attempt_next check (next_try_at > at),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id)
);
create index call_attempt_of_appointment on recado.call_attempt (organization_id, appointment_id, at, id);
call recado.fence('call_attempt');
revoke update, delete on recado.call_attempt from recado_app;
