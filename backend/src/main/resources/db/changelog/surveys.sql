--liquibase formatted sql

--changeset recado:surveys-1
--comment: How patients say a visit was, from 1 to 5; the last they said counts. What they add in words stays in the conversation. See ADR 73.
create table recado.survey_answer (
    organization_id uuid        not null,
    appointment_id  uuid        not null,
    message_id      uuid        not null,
    rating          integer     not null,
    answered_at     timestamptz not null,
    primary key (organization_id, appointment_id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id) on delete cascade,
    constraint survey_answer_rating check (rating between 1 and 5)
);
create index survey_answer_by_day on recado.survey_answer (organization_id, answered_at);
call recado.fence('survey_answer');

--changeset recado:surveys-2
--comment: An inbound message may be such an answer; surveys of a patient are looked for before another leaves.
alter table recado.inbound_message
    drop constraint inbound_message_outcome,
    add constraint inbound_message_outcome check (outcome in
        ('accepted', 'declined', 'cancelled', 'opted-out', 'opted-in', 'in-flow', 'rated', 'for-staff', 'ignored'));
create index message_surveys on recado.message (organization_id, patient_id, out_at) where kind = 'survey' and out_at is not null;
