--liquibase formatted sql

--changeset recado:inbox-routing-1
--comment: Groups of people who take care of conversations, and the lines whose conversations are theirs. See ADR 76.
create table recado.inbox_team (
    organization_id uuid   not null,
    id              uuid   not null,
    name            text   not null,
    version         bigint not null default 0,
    primary key (organization_id, id),
    constraint inbox_team_name unique (organization_id, name),
    constraint inbox_team_name_length check (char_length(name) between 1 and 60)
);
call recado.fence('inbox_team');
create table recado.inbox_team_member (
    organization_id uuid not null,
    team_id         uuid not null,
    account         text not null,
    primary key (organization_id, team_id, account),
    foreign key (organization_id, team_id) references recado.inbox_team (organization_id, id) on delete cascade
);
create index inbox_team_member_of on recado.inbox_team_member (organization_id, account);
call recado.fence('inbox_team_member');
create table recado.inbox_team_line (
    organization_id uuid not null,
    line_id         uuid not null,
    team_id         uuid not null,
    primary key (organization_id, line_id),
    foreign key (organization_id, team_id) references recado.inbox_team (organization_id, id) on delete cascade,
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id) on delete cascade
);
create index inbox_team_line_of on recado.inbox_team_line (organization_id, team_id);
call recado.fence('inbox_team_line');

--changeset recado:inbox-routing-2
--comment: Who takes conversations at the moment: they say so, and their console says every minute that it is open.
alter table recado.inbox_member
    add column available boolean not null default false,
    add column seen_at   timestamptz,
    -- When they were given a conversation last, so that everybody has a turn.
    add column given_at  timestamptz,
    -- How many open conversations they have at most; null for as many as the clinic says.
    add column capacity  integer,
    add constraint inbox_member_capacity check (capacity between 0 and 500);

--changeset recado:inbox-routing-3
--comment: Whose team a conversation is, and until when whoever waits is to be answered by the clinic's own measure.
alter table recado.conversation
    add column team_id          uuid,
    add column response_due_at  timestamptz,
    add column response_warn_at timestamptz,
    -- When the other side was told last that the clinic is closed.
    add column told_closed_at   timestamptz,
    add constraint conversation_team foreign key (organization_id, team_id) references recado.inbox_team (organization_id, id),
    add constraint conversation_due_while_waiting
        check (response_due_at is null or waiting_since is not null and response_warn_at <= response_due_at);
create index conversation_of_team on recado.conversation (organization_id, team_id, last_at desc, id desc)
    where team_id is not null;
create index conversation_unassigned on recado.conversation (organization_id, priority desc, waiting_since, id)
    where waiting_since is not null and state = 'open' and assignee is null;

--changeset recado:inbox-routing-4
--comment: How a clinic shares its conversations out, within which time it wants to answer, and what it says while it is closed.
create table recado.inbox_settings (
    organization_id    uuid    not null primary key,
    routing            text    not null,
    capacity           integer not null,
    response_minutes   integer,
    warning_minutes    integer not null,
    out_of_hours_text  text,
    version            bigint  not null default 0,
    constraint inbox_settings_routing check (routing in ('off', 'round-robin', 'least-busy')),
    constraint inbox_settings_capacity check (capacity between 1 and 500),
    constraint inbox_settings_response check (response_minutes between 1 and 2880),
    constraint inbox_settings_warning check (warning_minutes between 0 and 2880),
    constraint inbox_settings_text check (char_length(out_of_hours_text) between 1 and 1000)
);
call recado.fence('inbox_settings');

--changeset recado:inbox-routing-5
--comment: People who are called by WhatsApp when a conversation asks for a person, each request once.
alter table recado.hand_over_settings add column phones text[] not null default '{}';
alter table recado.hand_over add column phones_told_at timestamptz;

--changeset recado:inbox-routing-6
--comment: That a conversation was given to a team.
alter table recado.conversation_event
    drop constraint conversation_event_kind,
    add constraint conversation_event_kind check (kind in ('opened', 'reopened', 'resolved', 'snoozed', 'woken', 'left-to-recado',
        'assigned', 'unassigned', 'priority', 'labels', 'linked', 'unlinked', 'handed-over', 'team'));
