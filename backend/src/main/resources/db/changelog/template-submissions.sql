--liquibase formatted sql

--changeset recado:template-submissions-1
--comment: Texts handed to a line's provider for approval, and what it said of them. Without a body: written at the provider and mapped here. No patient's data: examples are of somebody made up.
create table recado.template_submission (
    organization_id   uuid        not null,
    id                uuid        not null,
    line_id           uuid        not null,
    kind              text,
    custom_id         uuid,
    language          text        not null,
    confirmed         boolean     not null,
    pair_id           uuid,
    name              text        not null,
    provider_language text        not null,
    provider_id       text,
    category          text,
    body              text,
    parameters        text[]      not null,
    examples          text[]      not null,
    buttons           text[]      not null,
    text_number       integer     not null,
    state             text        not null,
    reason            text,
    detail            text,
    quality           text,
    submitted_at      timestamptz not null,
    submitted_by      text        not null,
    told_at           timestamptz,
    approved_at       timestamptz,
    version           bigint      not null default 0,
    primary key (organization_id, id),
    constraint template_submission_of check (num_nonnulls(kind, custom_id) = 1),
    constraint template_submission_language check (language in ('es', 'en', 'pt-BR')),
    constraint template_submission_name check (char_length(name) between 1 and 512),
    constraint template_submission_category check (category in ('marketing', 'utility', 'authentication')),
    constraint template_submission_state check (state in
        ('submitting', 'pending', 'approved', 'rejected', 'paused', 'disabled')),
    constraint template_submission_quality check (quality in ('green', 'yellow', 'red', 'unknown')),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id),
    foreign key (organization_id, custom_id) references recado.custom_template (organization_id, id)
);
create index template_submission_name on recado.template_submission (organization_id, name, provider_language);
create index template_submission_line on recado.template_submission (organization_id, line_id, submitted_at);
call recado.fence('template_submission');
revoke delete on recado.template_submission from recado_app;
