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
