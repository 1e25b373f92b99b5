--liquibase formatted sql

--changeset recado:imports-1
--comment: An import of patients from a file: what was understood of it, what is to be done with it, and how far that is.
create table recado.patient_import (
    organization_id uuid        not null,
    id              uuid        not null,
    state           text        not null,
    format          text        not null,
    encoding        text,
    delimiter       text,
    columns         text[]      not null,
    fields          text[]      not null,
    existing        text        not null,
    month_first     boolean     not null,
    rows_total      integer,
    rows_done       integer     not null default 0,
    created         integer     not null default 0,
    updated         integer     not null default 0,
    already_there   integer     not null default 0,
    refused         integer     not null default 0,
    removed         integer     not null default 0,
    kept            integer     not null default 0,
    cause           text,
    created_at      timestamptz not null,
    created_by      text        not null,
    finished_at     timestamptz,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint patient_import_state check (
        state in ('uploaded', 'checking', 'checked', 'importing', 'imported', 'undoing', 'undone', 'failed')),
    constraint patient_import_existing check (existing in ('skip', 'update')),
    constraint patient_import_columns check (cardinality(columns) = cardinality(fields))
);
create index patient_import_age on recado.patient_import (organization_id, created_at);
call recado.fence('patient_import');

--changeset recado:imports-2
--comment: The bytes of the file, in parts that are read one after another. They go a day after they came.
create table recado.patient_import_part (
    organization_id uuid    not null,
    import_id       uuid    not null,
    number          integer not null,
    bytes           bytea   not null,
    primary key (organization_id, import_id, number),
    foreign key (organization_id, import_id) references recado.patient_import (organization_id, id) on delete cascade
);
call recado.fence('patient_import_part');

--changeset recado:imports-3
--comment: What becomes of each row of the file that is not simply new, and after the import of every row. Places of columns and codes, no words of the file.
create table recado.patient_import_row (
    organization_id uuid    not null,
    import_id       uuid    not null,
    number          bigint  not null,
    outcome         text    not null,
    patient_id      uuid,
    problems        text[]  not null default '{}',
    primary key (organization_id, import_id, number),
    foreign key (organization_id, import_id) references recado.patient_import (organization_id, id) on delete cascade,
    constraint patient_import_row_outcome check (outcome in ('created', 'updated', 'already-there', 'refused', 'removed', 'kept'))
);
create index patient_import_row_outcome on recado.patient_import_row (organization_id, import_id, outcome, number);
call recado.fence('patient_import_row');
