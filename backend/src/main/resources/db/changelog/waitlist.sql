--liquibase formatted sql

--changeset recado:waitlist-1
--comment: Who waits for an hour. Priority 0 comes before 1; within one, who waits longest. An entry whose last day is over counts as expired without a row being changed.
create table recado.waitlist_entry (
    organization_id       uuid        not null,
    id                    uuid        not null,
    patient_id            uuid        not null,
    healthcare_service_id uuid        not null,
    practitioner_id       uuid,
    location_id           uuid,
    first_day             date,
    last_day              date,
    priority              smallint    not null,
    note                  text,
    state                 text        not null,
    appointment_id        uuid,
    created_at            timestamptz not null,
    created_by            text        not null,
    version               bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    foreign key (organization_id, practitioner_id) references recado.practitioner (organization_id, id),
    foreign key (organization_id, location_id) references recado.location (organization_id, id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id),
    constraint waitlist_entry_days check (last_day >= first_day),
    constraint waitlist_entry_priority check (priority in (0, 1)),
    constraint waitlist_entry_note check (char_length(note) <= 500),
    constraint waitlist_entry_state check (state in ('active', 'offered', 'booked', 'withdrawn')),
    constraint waitlist_entry_booked check ((state = 'booked') = (appointment_id is not null))
);
create index waitlist_entry_waiting on recado.waitlist_entry (organization_id, priority, created_at, id)
    where state in ('active', 'offered');
create index waitlist_entry_closed on recado.waitlist_entry (organization_id, state, priority, created_at, id);
create index waitlist_entry_of_patient on recado.waitlist_entry (organization_id, patient_id);
call recado.fence('waitlist_entry');

--changeset recado:waitlist-2
--comment: When they could come, on the wall clock of the place; without any, whenever. Minutes: 1440 is the end of the day.
create table recado.waitlist_window (
    organization_id uuid    not null,
    entry_id        uuid    not null,
    day_of_week     integer not null,
    opens           integer not null,
    closes          integer not null,
    primary key (organization_id, entry_id, day_of_week, opens),
    foreign key (organization_id, entry_id) references recado.waitlist_entry (organization_id, id) on delete cascade,
    constraint waitlist_window_day check (day_of_week between 1 and 7),
    constraint waitlist_window_order check (opens >= 0 and closes > opens and closes <= 1440)
);
call recado.fence('waitlist_window');
