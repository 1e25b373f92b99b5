--liquibase formatted sql

--changeset recado:assistant-moderation-1
--comment: Which model of its server judges what patients write, beside the rules; empty for none.
alter table recado.assistant_settings
    add column moderation_model text not null default '',
    add constraint assistant_moderation
        check (moderation_model = '' or provider = 'openai-compatible' and char_length(moderation_model) <= 100) not valid;

--changeset recado:assistant-moderation-2
alter table recado.assistant_settings validate constraint assistant_moderation;
