--liquibase formatted sql

--changeset recado:scheduling-1
create table recado.practitioner (
    organization_id uuid        not null,
    id              uuid        not null,
    display_name    text        not null,
    specialty       text,
    colour          integer,
    active          boolean     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint practitioner_texts check (char_length(display_name) between 1 and 100 and char_length(specialty) <= 100)
);
call recado.fence('practitioner');

create table recado.healthcare_service (
    organization_id  uuid        not null,
    id               uuid        not null,
    name             text        not null,
    duration_minutes integer     not null,
    active           boolean     not null,
    created_at       timestamptz not null,
    created_by       text        not null,
    version          bigint      not null,
    primary key (organization_id, id),
    constraint healthcare_service_name check (char_length(name) between 1 and 100),
    constraint healthcare_service_duration check (duration_minutes between 5 and 480)
);
call recado.fence('healthcare_service');

--changeset recado:scheduling-2
--comment: A slot is sold once: the exclusion constraint refuses overlap whatever the application believes. The longest visit (8 hours) is a constraint because the agenda's query relies on it.
create table recado.appointment (
    organization_id       uuid        not null,
    id                    uuid        not null,
    patient_id            uuid        not null,
    practitioner_id       uuid        not null,
    healthcare_service_id uuid        not null,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    time_zone             text        not null,
    status                text        not null,
    blocking              boolean     not null
        generated always as (status in ('pending', 'booked', 'arrived', 'checked-in', 'fulfilled')) stored,
    participation         text        not null,
    participation_source  text,
    participation_text    text,
    participation_at      timestamptz,
    schedule_version      bigint      not null,
    note                  text,
    cancellation_reason   text,
    cancelled_by          text,
    arrived_at            timestamptz,
    checked_in_at         timestamptz,
    fulfilled_at          timestamptz,
    created_at            timestamptz not null,
    created_by            text        not null,
    version               bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    constraint appointment_slot exclude using gist (
        organization_id with =, practitioner_id with =, tstzrange(starts_at, ends_at) with &&) where (blocking),
    constraint appointment_length check (ends_at > starts_at and ends_at - starts_at <= interval '8 hours'),
    constraint appointment_status check (status in ('proposed', 'pending', 'booked', 'arrived', 'checked-in', 'fulfilled',
                                                    'cancelled', 'noshow', 'waitlist', 'entered-in-error')),
    constraint appointment_participation check (participation in ('needs-action', 'accepted', 'declined', 'tentative')),
    constraint appointment_participation_source check (participation_source in ('patient', 'staff')),
    constraint appointment_texts check (char_length(note) <= 500 and char_length(cancellation_reason) <= 500)
);
create index appointment_agenda on recado.appointment (organization_id, starts_at, id);
create index appointment_of_practitioner on recado.appointment (organization_id, practitioner_id, starts_at, id);
create index appointment_of_patient on recado.appointment (organization_id, patient_id, starts_at, id);
create index appointment_awaited on recado.appointment (organization_id, starts_at) where status = 'booked';
call recado.fence('appointment');

--changeset recado:scheduling-3
--comment: What happened to an appointment, in the order it happened; rows are only ever added.
create table recado.appointment_event (
    organization_id uuid        not null,
    id              uuid        not null,
    appointment_id  uuid        not null,
    at              timestamptz not null,
    kind            text        not null,
    source          text        not null,
    subject         text,
    text            text,
    primary key (organization_id, id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id),
    constraint appointment_event_source check (source in ('patient', 'staff'))
);
create index appointment_event_story on recado.appointment_event (organization_id, appointment_id, at, id);
call recado.fence('appointment_event');
revoke update, delete on recado.appointment_event from recado_app;

--changeset recado:scheduling-4
--comment: Why visits are cancelled, as a code of FHIR that can be counted beside the words that cannot.
alter table recado.appointment
    add column cancellation_code text,
    add constraint appointment_cancellation_code
        check (cancellation_code in ('pat', 'pat-fb', 'prov', 'oth-err', 'oth-weath', 'other'));
