--liquibase formatted sql

--changeset recado:holds-1
--comment: A time that is kept for somebody who is filling a form. It counts until it expires, whether anybody cleans up or not; whoever takes the time deletes expired holds that are in the way, holding the practitioner, so that the constraint compares only those that count.
create table recado.slot_hold (
    organization_id       uuid        not null,
    id                    uuid        not null,
    practitioner_id       uuid        not null,
    healthcare_service_id uuid        not null,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    expires_at            timestamptz not null,
    created_at            timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    constraint slot_hold_length check (ends_at > starts_at and ends_at - starts_at <= interval '8 hours'),
    constraint slot_hold_apart exclude using gist (
        organization_id with =, practitioner_id with =, tstzrange(starts_at, ends_at) with &&)
);
create index slot_hold_of_practitioner on recado.slot_hold (organization_id, practitioner_id, starts_at);
create index slot_hold_age on recado.slot_hold (organization_id, expires_at);
call recado.fence('slot_hold');

--changeset recado:holds-2
--comment: Where a visit was booked. What stood in the agenda before was booked at the desk.
alter table recado.appointment
    add column source text not null default 'desk',
    add constraint appointment_source check (source in ('desk', 'online', 'bot', 'api'));
