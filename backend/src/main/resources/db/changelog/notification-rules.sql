--liquibase formatted sql

--changeset recado:notification-rules-1
--comment: What a clinic tells its patients, when and on which condition. An empty array or a null is a condition that holds for every visit. See ADR 54.
create table recado.notification_rule (
    organization_id  uuid        not null,
    id               uuid        not null,
    name             text,
    trigger          text        not null,
    minutes          integer,
    at_time          time,
    service_ids      uuid[]      not null default '{}',
    practitioner_ids uuid[]      not null default '{}',
    location_ids     uuid[]      not null default '{}',
    insurance_ids    uuid[]      not null default '{}',
    sources          text[]      not null default '{}',
    tags             text[]      not null default '{}',
    first_visit      boolean,
    unanswered_only  boolean     not null default false,
    latest_minutes   integer     not null default 0,
    line_id          uuid,
    active           boolean     not null,
    created_at       timestamptz not null,
    created_by       text        not null,
    version          bigint      not null,
    primary key (organization_id, id),
    constraint notification_rule_name check (char_length(name) between 1 and 60),
    constraint notification_rule_trigger check (trigger in ('booked', 'moved', 'cancelled', 'before-visit', 'same-day')),
    constraint notification_rule_minutes check ((trigger = 'before-visit') = (minutes is not null)),
    constraint notification_rule_time check ((trigger = 'same-day') = (at_time is not null)),
    constraint notification_rule_latest check (latest_minutes >= 0)
);
call recado.fence('notification_rule');

--changeset recado:notification-rules-2
--comment: Several reminders of one visit: a message is there once per version and rule. Without a rule it is a correction, or something written by hand.
alter table recado.message
    add column rule_id uuid,
    drop constraint message_once_per_attempt,
    add constraint message_once_per_attempt
        unique nulls not distinct (organization_id, subject_id, subject_version, kind, rule_id, attempt);
create index message_of_rule on recado.message (organization_id, rule_id, id)
    where rule_id is not null and out_at is null;

--changeset recado:notification-rules-3 splitStatements:false
--comment: The preferences of every clinic become rules that do the same, and its messages are theirs. The columns of the preferences stay until no older version runs.
set local role recado_migrator;
do $$
declare
    wanted integer;
    done   integer;
begin
    select 4 * count(*) into wanted from recado.organization;
    insert into recado.notification_rule (organization_id, id, trigger, minutes, active, created_at, created_by, version)
    select o.id, gen_random_uuid(), t.trigger, case when t.trigger = 'before-visit' then o.reminder_lead_minutes end,
           t.trigger <> 'booked' or o.confirmation_on_booking, now(), 'recado', 0
      from recado.organization o
     cross join (values ('booked'), ('moved'), ('cancelled'), ('before-visit')) as t (trigger);
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'notification-rules-3: % of % rules', done, wanted;
    end if;
    update recado.message m set rule_id = r.id
      from recado.notification_rule r
     where r.organization_id = m.organization_id
       and r.trigger = case m.kind when 'confirmation' then 'booked' when 'reschedule' then 'moved'
                                   when 'cancellation' then 'cancelled' when 'reminder' then 'before-visit' end;
end
$$;
reset role;
