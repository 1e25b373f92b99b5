--liquibase formatted sql

--changeset recado:hour-offers-1
--comment: What a clinic does with hours of visits that nobody confirms; off without a row. See ADR 55.
create table recado.release_policy (
    organization_id uuid    not null primary key,
    mode            text    not null,
    asks            integer not null,
    silence_minutes integer not null,
    offers          integer not null,
    answer_minutes  integer not null,
    version         bigint  not null,
    constraint release_policy_mode check (mode in ('off', 'trial', 'staff', 'system')),
    constraint release_policy_numbers check (asks between 1 and 5 and silence_minutes > 0 and offers between 1 and 20
                                             and answer_minutes > 0)
);
call recado.fence('release_policy');
grant select (organization_id, mode) on recado.release_policy to recado_worker;

--changeset recado:hour-offers-2
--comment: Who of the waitlist was asked about the hour of which visit. An offer is a proposed visit; its id is that visit's. One is open at a time.
create table recado.waitlist_offer (
    organization_id  uuid        not null,
    id               uuid        not null,
    released_id      uuid        not null,
    released_version bigint      not null,
    entry_id         uuid        not null,
    state            text        not null,
    expires_at       timestamptz not null,
    created_at       timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, id) references recado.appointment (organization_id, id),
    foreign key (organization_id, released_id) references recado.appointment (organization_id, id),
    foreign key (organization_id, entry_id) references recado.waitlist_entry (organization_id, id),
    constraint waitlist_offer_once unique (organization_id, released_id, released_version, entry_id),
    constraint waitlist_offer_state check (state in ('open', 'taken', 'declined', 'lapsed'))
);
create unique index waitlist_offer_open on recado.waitlist_offer (organization_id, released_id) where state = 'open';
create index waitlist_offer_of_entry on recado.waitlist_offer (organization_id, entry_id);
call recado.fence('waitlist_offer');
grant select (organization_id, state) on recado.waitlist_offer to recado_worker;

--changeset recado:hour-offers-3
--comment: Messages that offer an hour, and the clinic's own words for them.
alter table recado.message_template
    drop constraint message_template_kind,
    add constraint message_template_kind
        check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'offer'));
alter table recado.line_template
    drop constraint line_template_kind,
    add constraint line_template_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'offer'));
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent',
        'verification', 'campaign', 'hand-over', 'offer'));
