--liquibase formatted sql

--changeset recado:whatsapp-1
--comment: A clinic's WhatsApp line as the gateway last reported it. QR codes are credentials and have no column.
create table recado.whatsapp_line (
    organization_id uuid        not null,
    id              uuid        not null,
    name            text        not null,
    state           text        not null,
    cause           text        not null,
    since           timestamptz,
    next_attempt_at timestamptz,
    phone           text,
    profile_name    text,
    created_at      timestamptz not null,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint whatsapp_line_one_per_clinic unique (organization_id),
    constraint whatsapp_line_state check
        (state in ('stopped', 'starting', 'pairing', 'linked', 'reconnecting', 'needs-pairing', 'halted'))
);
call recado.fence('whatsapp_line');

--changeset recado:whatsapp-2
--comment: Each change of a line's state; the id is the event's that told it.
create table recado.whatsapp_line_transition (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    at              timestamptz not null,
    state           text        not null,
    cause           text        not null,
    primary key (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index whatsapp_line_transition_newest on recado.whatsapp_line_transition (organization_id, line_id, at desc, id desc);
call recado.fence('whatsapp_line_transition');

--changeset recado:whatsapp-3
--comment: Ids of the gateway's events that were taken, so that a repetition changes nothing. Holds no content.
create table recado.gateway_event (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    seq             bigint      not null,
    type            text        not null,
    at              timestamptz not null,
    received_at     timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index gateway_event_age on recado.gateway_event (organization_id, received_at);
call recado.fence('gateway_event');

--changeset recado:whatsapp-4
--comment: A clinic may have several lines, one of which messages leave on by default. Every line so far was its clinic's only one.
alter table recado.whatsapp_line
    drop constraint whatsapp_line_one_per_clinic,
    add column engine      text    not null default 'linked-device',
    add column is_default  boolean not null default true,
    add column typing      boolean not null default true,
    add column typing_told boolean,
    add column platform    text,
    add column other_phone text,
    add constraint whatsapp_line_engine check (engine in ('linked-device', 'cloud-api', 'twilio', 'evolution'));
alter table recado.whatsapp_line alter column engine drop default, alter column is_default drop default;
create unique index whatsapp_line_one_default on recado.whatsapp_line (organization_id) where is_default;
create unique index whatsapp_line_one_of_a_name on recado.whatsapp_line (organization_id, lower(name));

--changeset recado:whatsapp-5
--comment: Since when a line that should run does not, and whether its owners were told. The worker looks for such lines across clinics.
alter table recado.whatsapp_line
    add column down_since  timestamptz,
    add column told_at     timestamptz,
    add column tell_after  timestamptz;
create index whatsapp_line_down on recado.whatsapp_line (down_since) where down_since is not null and told_at is null;
grant select (organization_id, id, engine, is_default, typing, typing_told, state, cause, since, down_since, told_at, tell_after)
   on recado.whatsapp_line to recado_worker;
grant select (organization_id, at, state, cause) on recado.whatsapp_line_transition to recado_worker;
grant select (organization_id, type, at) on recado.gateway_event to recado_worker;

--changeset recado:whatsapp-6
--comment: Messages with which staff try a line out. They concern no patient and no appointment.
create table recado.whatsapp_test_message (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    phone           text        not null,
    state           text        not null,
    reason          text,
    at              timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index whatsapp_test_message_of_line on recado.whatsapp_test_message (organization_id, line_id, at);
call recado.fence('whatsapp_test_message');

--changeset recado:whatsapp-7
--comment: How long linking takes, over all clinics: the worker tells the changes of one line from those of another.
grant select (line_id) on recado.whatsapp_line_transition to recado_worker;

--changeset recado:whatsapp-8
--comment: A test is handed over by a job. handed_at stands before the engine is called: whoever finds it there does not call again.
alter table recado.whatsapp_test_message add column handed_at timestamptz;
