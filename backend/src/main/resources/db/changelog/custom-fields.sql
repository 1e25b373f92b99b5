--liquibase formatted sql

--changeset recado:custom-fields-1
--comment: Fields that a clinic defines for its patients and visits. Retired, never deleted: values name them by their key. See ADR 64.
create table recado.custom_field (
    organization_id uuid        not null,
    id              uuid        not null,
    subject         text        not null,
    key             text        not null,
    label           text        not null,
    type            text        not null,
    choices         text[]      not null,
    required        boolean     not null,
    position        integer     not null,
    active          boolean     not null,
    created_at      timestamptz not null,
    created_by      text        not null,
    changed_at      timestamptz not null,
    changed_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint custom_field_key unique (organization_id, subject, key),
    constraint custom_field_subject check (subject in ('patient', 'appointment')),
    constraint custom_field_spelling check (key ~ '^[a-z][a-z0-9-]{0,39}$'),
    constraint custom_field_label check (char_length(label) between 1 and 60),
    constraint custom_field_type check (type in ('text', 'number', 'date', 'choice', 'yes-no')),
    constraint custom_field_choices check ((type = 'choice') = (cardinality(choices) > 0)),
    constraint custom_field_position check (position >= 0)
);
call recado.fence('custom_field');
revoke delete on recado.custom_field from recado_app;

--changeset recado:custom-fields-2
--comment: What is written in them: texts, numbers and booleans by the keys of their fields. Strict paths: a lax one would look into lists.
alter table recado.patient
    add column custom_fields jsonb not null default '{}',
    add constraint patient_custom_fields check (
        jsonb_typeof(custom_fields) = 'object'
        and not jsonb_path_exists(custom_fields, 'strict $.* ? (@.type() == "object" || @.type() == "array" || @.type() == "null")')),
    add constraint patient_erased_has_no_values check (erased_at is null or custom_fields = '{}');
alter table recado.appointment
    add column custom_fields jsonb not null default '{}',
    add constraint appointment_custom_fields check (
        jsonb_typeof(custom_fields) = 'object'
        and not jsonb_path_exists(custom_fields, 'strict $.* ? (@.type() == "object" || @.type() == "array" || @.type() == "null")'));
