--liquibase formatted sql

--changeset recado:template-versions-1
--comment: Templates that a clinic makes beyond Recado's occasions. Their texts are rows of message_template, one per language.
create table recado.custom_template (
    organization_id uuid        not null,
    id              uuid        not null,
    name            text        not null,
    purpose         text        not null,
    archived_at     timestamptz,
    created_at      timestamptz not null,
    created_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    constraint custom_template_name check (char_length(name) between 1 and 80),
    constraint custom_template_purpose check (purpose in ('care', 'marketing'))
);
create unique index custom_template_name_once on recado.custom_template (organization_id, lower(name))
    where archived_at is null;
call recado.fence('custom_template');
revoke delete on recado.custom_template from recado_app;

--changeset recado:template-versions-2
--comment: A text is for an occasion or for a template of the clinic's own. body is what leaves, null until something was published; draft is what nobody is sent.
alter table recado.message_template
    alter column kind drop not null,
    alter column body drop not null,
    add column custom_id uuid,
    add column draft     text,
    add column published integer not null default 0,
    add constraint message_template_owner check ((kind is null) <> (custom_id is null)),
    add constraint message_template_draft check (char_length(draft) between 1 and 1000),
    add constraint message_template_published check (published >= 0),
    add constraint message_template_custom_language unique (organization_id, custom_id, language),
    add foreign key (organization_id, custom_id) references recado.custom_template (organization_id, id);

--changeset recado:template-versions-3
--comment: Every text that was ever published, as it was: a message says which one it was worded from. Nobody changes or deletes one.
create table recado.message_template_version (
    organization_id uuid        not null,
    template_id     uuid        not null,
    number          integer     not null,
    body            text        not null,
    published_at    timestamptz not null,
    published_by    text        not null,
    primary key (organization_id, template_id, number),
    constraint message_template_version_number check (number > 0),
    foreign key (organization_id, template_id) references recado.message_template (organization_id, id)
);
call recado.fence('message_template_version');
revoke update, delete on recado.message_template_version from recado_app;

--changeset recado:template-versions-4 splitStatements:false
--comment: What a clinic worded so far is the first version of its text.
set local role recado_migrator;
do $$
declare
    wanted integer;
    done   integer;
begin
    select count(*) into wanted from recado.message_template where published = 0 and body is not null;
    insert into recado.message_template_version (organization_id, template_id, number, body, published_at, published_by)
    select organization_id, id, 1, body, updated_at, updated_by from recado.message_template
     where published = 0 and body is not null;
    update recado.message_template set published = 1 where published = 0 and body is not null;
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'template-versions-4: % of % texts', done, wanted;
    end if;
end
$$;
reset role;

--changeset recado:template-versions-5
--comment: Which text a message was worded from: version 0 is Recado's own. Null for what was written by hand and for what left before.
alter table recado.message
    add column template_id      uuid,
    add column template_version integer;
