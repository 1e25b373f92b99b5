--liquibase formatted sql

--changeset recado:rule-triggers-1
--comment: Rules about what follows a visit (after it, after a missed one, when it is time to come again), rules that keep to working days, and patients of a family. See ADR 71.
alter table recado.notification_rule
    add column days integer,
    add column months integer,
    add column working_days boolean not null default false,
    add column household boolean,
    drop constraint notification_rule_trigger,
    add constraint notification_rule_trigger check (trigger in
        ('booked', 'moved', 'cancelled', 'before-visit', 'same-day', 'after-visit', 'survey', 'no-show', 'recall')),
    drop constraint notification_rule_minutes,
    add constraint notification_rule_minutes check (
        (trigger in ('before-visit', 'after-visit', 'survey', 'no-show')) = (minutes is not null)),
    drop constraint notification_rule_time,
    add constraint notification_rule_time check ((trigger in ('same-day', 'recall')) = (at_time is not null)),
    add constraint notification_rule_recall check (
        case when trigger = 'recall' then (days is null) <> (months is null) else days is null and months is null end),
    add constraint notification_rule_after check (days > 0 and months is null or months > 0 and days is null
        or days is null and months is null);

--changeset recado:rule-triggers-2
--comment: Messages of these rules, and the clinic's own words for them.
alter table recado.message_template
    drop constraint message_template_kind,
    add constraint message_template_kind check (kind in
        ('confirmation', 'reminder', 'cancellation', 'reschedule', 'offer', 'followup', 'survey', 'missed', 'recall'));
alter table recado.line_template
    drop constraint line_template_kind,
    add constraint line_template_kind check (kind in
        ('confirmation', 'reminder', 'cancellation', 'reschedule', 'offer', 'followup', 'survey', 'missed', 'recall'));
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent',
        'verification', 'campaign', 'hand-over', 'offer', 'flow', 'followup', 'survey', 'missed', 'recall'));

--changeset recado:rule-triggers-3
--comment: Whether what a rule tells leaves on another line when its own is down. See ADR 74.
alter table recado.notification_rule add column other_line boolean not null default false;
