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
