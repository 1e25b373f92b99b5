--liquibase formatted sql

--changeset recado:set-aside-1
--comment: Events of the gateway that could not be stored: counted while they are tried, kept with their content once they are set aside.
create table recado.set_aside_event (
    organization_id uuid        not null,
    id              uuid        not null,
    line_id         uuid        not null,
    type            text        not null,
    attempts        integer     not null,
    cause           text        not null,
    failed_at       timestamptz not null,
    set_aside_at    timestamptz,
    content         text,
    primary key (organization_id, id),
    constraint set_aside_event_has_content check ((set_aside_at is null) = (content is null)),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
call recado.fence('set_aside_event');
grant select (organization_id, id, line_id, type, attempts, cause, failed_at, set_aside_at) on recado.set_aside_event to recado_worker;

--changeset recado:set-aside-2
--comment: What providers deliver as well. It is kept from its first failure on, for a provider may never repeat it; the gateway's events are kept when they are set aside.
alter table recado.set_aside_event
    add column source text not null default 'gateway',
    add constraint set_aside_event_source check (source in ('gateway', 'cloud-api', 'twilio', 'evolution')),
    drop constraint set_aside_event_has_content,
    add constraint set_aside_event_has_content check (set_aside_at is null or content is not null);
grant select (source) on recado.set_aside_event to recado_worker;
