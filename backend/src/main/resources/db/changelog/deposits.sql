--liquibase formatted sql

--changeset recado:deposits-1
--comment: What a clinic asks of whoever books online: where to pay how much, and within how many hours. All of it or none. The link is the clinic's payment page with {reference}, {amount} and {currency} to be filled in; nothing here ever calls it.
alter table recado.booking_page
    add column deposit_link text,
    add column deposit_minor bigint,
    add column deposit_currency text,
    add column deposit_hours integer,
    add constraint booking_page_deposit check (
        num_nonnulls(deposit_link, deposit_minor, deposit_currency, deposit_hours) in (0, 4)
        and deposit_minor between 1 and 100000000000 and deposit_currency ~ '^[A-Z]{3}$' and deposit_hours between 1 and 168
        and deposit_link ~ '^https://' and char_length(deposit_link) <= 500);

--changeset recado:deposits-2
--comment: The deposit of a visit: as it was asked for, and what became of it.
create table recado.appointment_deposit (
    organization_id uuid        not null,
    appointment_id  uuid        not null,
    state           text        not null,
    amount_minor    bigint      not null,
    currency        text        not null,
    link            text        not null,
    due_at          timestamptz not null,
    marked_at       timestamptz,
    marked_by       text,
    primary key (organization_id, appointment_id),
    foreign key (organization_id, appointment_id) references recado.appointment (organization_id, id) on delete cascade,
    constraint appointment_deposit_state check (state in ('due', 'paid', 'waived', 'lapsed')),
    constraint appointment_deposit_marked check ((state = 'due') = (marked_at is null))
);
create index appointment_deposit_due on recado.appointment_deposit (organization_id, due_at) where state = 'due';
call recado.fence('appointment_deposit');

--changeset recado:deposits-3
--comment: Counts changes of what is kept beside a visit, so that its version rises with them.
alter table recado.appointment add column touched integer not null default 0;
