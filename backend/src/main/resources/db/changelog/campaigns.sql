--liquibase formatted sql

--changeset recado:campaigns-1
--comment: Messages of campaigns are a kind of their own: they wait behind care, and a stop that answers one is about campaigns.
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind check (kind in
        ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent', 'verification', 'campaign'));
create index message_of_campaigns on recado.message (organization_id, line_id, created_at) include (state)
    where kind = 'campaign';

--changeset recado:campaigns-2
--comment: What is sent to whom when. Times of day are the clinic's. Nothing of a campaign that was started is changed but its state.
create table recado.campaign (
    organization_id uuid        not null,
    id              uuid        not null,
    name            text        not null,
    template_id     uuid        not null,
    line_id         uuid        not null,
    audience        jsonb       not null,
    frozen          boolean     not null,
    state           text        not null,
    starts_at       timestamptz not null,
    ends_at         timestamptz not null,
    send_from       time        not null,
    send_until      time        not null,
    per_day         integer     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    started_at      timestamptz,
    started_by      text,
    finished_at     timestamptz,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint campaign_name check (char_length(name) between 1 and 100),
    constraint campaign_state check (state in ('draft', 'running', 'paused', 'completed', 'cancelled')),
    constraint campaign_times check (ends_at > starts_at and send_until > send_from),
    constraint campaign_per_day check (per_day between 1 and 100000),
    foreign key (organization_id, template_id) references recado.custom_template (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index campaign_running on recado.campaign (organization_id, starts_at) where state = 'running';
call recado.fence('campaign');
revoke delete on recado.campaign from recado_app;
-- Which clinics have something to send is asked across clinics.
grant select (organization_id, state, starts_at) on recado.campaign to recado_worker;

--changeset recado:campaigns-3
--comment: Whom a campaign chose. The message about it has this row's id as its subject.
create table recado.campaign_recipient (
    organization_id uuid        not null,
    id              uuid        not null,
    campaign_id     uuid        not null,
    patient_id      uuid        not null,
    released_at     timestamptz,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    foreign key (organization_id, campaign_id) references recado.campaign (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id)
);
create index campaign_recipient_waiting on recado.campaign_recipient (organization_id, campaign_id, id)
    where released_at is null;
create index campaign_recipient_of_campaign on recado.campaign_recipient (organization_id, campaign_id, released_at);
create index campaign_recipient_of_patient on recado.campaign_recipient (organization_id, patient_id);
call recado.fence('campaign_recipient');
