--liquibase formatted sql

--changeset recado:patient-reads-1
--comment: Who looked at what of which patient; once for each within a quarter of an hour. No foreign key: reading must not wait for who merges the patient, and outlives the card. The nil id stands for the register. See ADR 41.
create table recado.patient_read (
    organization_id uuid        not null,
    patient_id      uuid        not null,
    period          timestamptz not null,
    reader          text        not null,
    part            text        not null,
    read_at         timestamptz not null,
    reader_name     text,
    primary key (organization_id, patient_id, period, reader, part),
    constraint patient_read_part check (
        part in ('record', 'visits', 'messages', 'search-results', 'register', 'register-export'))
);
create index patient_read_by_time on recado.patient_read (organization_id, period);
create index patient_read_of_reader on recado.patient_read (organization_id, reader, period);
call recado.fence('patient_read');
revoke update on recado.patient_read from recado_app;

--changeset recado:patient-reads-2
--comment: Whoever has taken over the serving process cannot wipe out the traces of the last half year.
create policy kept_half_a_year on recado.patient_read as restrictive for delete
    using (period < now() - interval '180 days');
