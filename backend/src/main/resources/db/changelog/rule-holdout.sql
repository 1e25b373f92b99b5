--liquibase formatted sql

--changeset recado:rule-holdout-1
--comment: A part of the visits goes without a rule's reminder, so that a clinic sees whether it helps. Which visits were drawn, either way, is kept: who was compared with whom. See ADR 72.
alter table recado.notification_rule
    add column holdout_percent integer,
    add constraint notification_rule_holdout check (
        holdout_percent is null or holdout_percent between 5 and 10 and trigger in ('before-visit', 'same-day'));
create table recado.rule_trial (
    organization_id  uuid        not null,
    rule_id          uuid        not null,
    appointment_id   uuid        not null,
    schedule_version bigint      not null,
    held_out         boolean     not null,
    drawn_at         timestamptz not null,
    primary key (organization_id, rule_id, appointment_id),
    foreign key (organization_id, rule_id) references recado.notification_rule (organization_id, id) on delete cascade,
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id) on delete cascade
);
create index rule_trial_of_appointment on recado.rule_trial (organization_id, appointment_id);
call recado.fence('rule_trial');
