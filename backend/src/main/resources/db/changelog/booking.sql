--liquibase formatted sql

--changeset recado:booking-1
--comment: How a clinic takes bookings from its page. Without a row, and by default, it takes none.
create table recado.booking_page (
    organization_id       uuid        not null,
    enabled               boolean     not null,
    by_hand               boolean     not null,
    notice_minutes        integer     not null,
    horizon_days          integer     not null,
    change_notice_minutes integer     not null,
    welcome               text,
    phone                 text        collate "C",
    address               text,
    changed_at            timestamptz not null,
    changed_by            text        not null,
    version               bigint      not null,
    primary key (organization_id),
    constraint booking_page_times check (notice_minutes between 0 and 20160 and horizon_days between 1 and 365
        and change_notice_minutes between 0 and 20160),
    constraint booking_page_texts check (char_length(welcome) between 1 and 500 and char_length(address) between 1 and 200),
    constraint booking_page_phone check (phone ~ '^\+[1-9][0-9]{6,14}$')
);
call recado.fence('booking_page');

create table recado.booking_page_service (
    organization_id       uuid not null,
    healthcare_service_id uuid not null,
    primary key (organization_id, healthcare_service_id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id)
);
call recado.fence('booking_page_service');

--changeset recado:booking-2
--comment: A form somebody fills on the booking page, from the chosen time to the visit. The hold is named, not referred to: it may be gone. Codes are hashes with a key that is not here.
create table recado.online_booking (
    organization_id       uuid        not null,
    id                    uuid        not null,
    request_key           text        not null,
    healthcare_service_id uuid        not null,
    practitioner_id       uuid        not null,
    starts_at             timestamptz not null,
    ends_at               timestamptz not null,
    hold_id               uuid        not null,
    expires_at            timestamptz not null,
    phone                 text        collate "C",
    language              text,
    code_hash             text,
    code_sent_at          timestamptz,
    code_expires_at       timestamptz,
    codes                 integer     not null default 0,
    tries                 integer     not null default 0,
    appointment_id        uuid,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    primary key (organization_id, id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id),
    constraint online_booking_once unique (organization_id, request_key),
    constraint online_booking_phone check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    constraint online_booking_language check (language in ('es', 'en', 'pt-BR'))
);
create index online_booking_age on recado.online_booking (organization_id, updated_at);
call recado.fence('online_booking');

--changeset recado:booking-3
--comment: When codes were sent to which phone, to count them.
create table recado.booking_code (
    organization_id uuid        not null,
    id              uuid        not null,
    phone           text        not null collate "C",
    sent_at         timestamptz not null,
    primary key (organization_id, id)
);
create index booking_code_of_phone on recado.booking_code (organization_id, phone, sent_at);
create index booking_code_age on recado.booking_code (organization_id, sent_at);
call recado.fence('booking_code');
