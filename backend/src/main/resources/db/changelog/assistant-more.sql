--liquibase formatted sql

--changeset recado:assistant-more-1
--comment: A patient may also be asked whether they come, and whether they want to be told of a free hour.
alter table recado.assistant_proposal
    drop constraint assistant_proposal_kind,
    drop constraint assistant_proposal_is_whole,
    add constraint assistant_proposal_kind check (kind in ('book', 'move', 'cancel', 'confirm', 'wait')) not valid,
    add constraint assistant_proposal_is_whole check (case kind
        when 'book' then service_id is not null and practitioner_id is not null and start_at is not null and visit_id is null
        when 'move' then visit_id is not null and visit_version is not null and practitioner_id is not null and start_at is not null
        when 'wait' then service_id is not null and start_at is null and visit_id is null
        else visit_id is not null and visit_version is not null and start_at is null end) not valid;

--changeset recado:assistant-more-2
alter table recado.assistant_proposal validate constraint assistant_proposal_kind;

--changeset recado:assistant-more-3
alter table recado.assistant_proposal validate constraint assistant_proposal_is_whole;

--changeset recado:assistant-more-4
--comment: How many messages of all patients of a line together a clinic's assistant goes on with, in a minute and in a day.
alter table recado.assistant_settings
    add column line_minute integer not null default 20,
    add column line_day    integer not null default 50,
    add constraint assistant_line_limits check (line_minute between 1 and 1000 and line_day between 1 and 100000) not valid;

--changeset recado:assistant-more-5
alter table recado.assistant_settings validate constraint assistant_line_limits;

--changeset recado:assistant-more-6
--comment: What a fact tells in each language; empty where nobody wrote it. text is the first of them, and the only one of what was written before.
alter table recado.assistant_fact
    add column es text not null default '',
    add column en text not null default '',
    add column pt text not null default '',
    add constraint assistant_fact_texts
        check (char_length(es) <= 1500 and char_length(en) <= 1500 and char_length(pt) <= 1500) not valid;

--changeset recado:assistant-more-7
alter table recado.assistant_fact validate constraint assistant_fact_texts;
