--liquibase formatted sql

--changeset recado:templates-1
--comment: Texts that a clinic worded itself. Recado's own are code; a row overrides one of them and takes over its id.
create table recado.message_template (
    organization_id uuid        not null,
    id              uuid        not null,
    kind            text        not null,
    language        text        not null,
    body            text        not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint message_template_kind_language unique (organization_id, kind, language),
    constraint message_template_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule')),
    constraint message_template_language check (language in ('es', 'en', 'pt-BR')),
    constraint message_template_body check (char_length(body) between 1 and 1000)
);
call recado.fence('message_template');

--changeset recado:templates-2
--comment: Which template that a provider approved stands for the clinic's text on a line. parameters are paths of fields.
create table recado.line_template (
    organization_id   uuid        not null,
    line_id           uuid        not null,
    kind              text        not null,
    language          text        not null,
    name              text        not null,
    provider_language text,
    parameters        text[]      not null,
    answer_buttons    boolean     not null,
    version           bigint      not null,
    updated_at        timestamptz not null,
    updated_by        text        not null,
    primary key (organization_id, line_id, kind, language),
    constraint line_template_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule')),
    constraint line_template_language check (language in ('es', 'en', 'pt-BR')),
    constraint line_template_name check (char_length(name) between 1 and 512),
    constraint line_template_parameters check (cardinality(parameters) <= 20),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
call recado.fence('line_template');

--changeset recado:templates-3
--comment: The template that leaves in place of the other one to a patient who has confirmed already; null to leave the same.
alter table recado.line_template
    add column confirmed_name text,
    add constraint line_template_confirmed_name check (char_length(confirmed_name) between 1 and 512);
