--liquibase formatted sql

--changeset recado:visit-details-1
--comment: Where a service is offered; one that names no location is offered everywhere.
create table recado.healthcare_service_location (
    organization_id       uuid not null,
    healthcare_service_id uuid not null,
    location_id           uuid not null,
    primary key (organization_id, healthcare_service_id, location_id),
    foreign key (organization_id, healthcare_service_id) references recado.healthcare_service (organization_id, id),
    foreign key (organization_id, location_id) references recado.location (organization_id, id)
);
call recado.fence('healthcare_service_location');

--changeset recado:visit-details-2
--comment: Why somebody did not come, as far as the desk found out. Both columns are empty until it does, so that nothing has to be checked in old rows.
alter table recado.appointment
    add column noshow_code text,
    add column noshow_reason text,
    add constraint appointment_noshow_code
        check (noshow_code in ('forgot', 'ill', 'travel', 'occupied', 'not-told', 'other')) not valid,
    add constraint appointment_noshow_reason check (char_length(noshow_reason) <= 500) not valid;
