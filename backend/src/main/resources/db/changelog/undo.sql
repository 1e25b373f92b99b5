--liquibase formatted sql

--changeset recado:undo-1
--comment: When a visit was cancelled and what it was before, so that staff can take a mistake back for a few minutes. Null for visits that were cancelled before this.
alter table recado.appointment
    add column cancelled_at timestamptz,
    add column cancelled_from text,
    add constraint appointment_cancelled_from check (cancelled_from in ('proposed', 'pending', 'booked', 'arrived',
                                                                        'checked-in', 'waitlist'));
