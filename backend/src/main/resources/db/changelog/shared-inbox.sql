--liquibase formatted sql

--changeset recado:shared-inbox-1
--comment: What is said between the clinic and one person on one line, whose turn it is and who takes care of it. One row per contact and line for good: a new message reopens it. See ADR 60.
create table recado.conversation (
    organization_id   uuid        not null,
    id                uuid        not null,
    contact_id        uuid        not null,
    line_id           uuid        not null,
    state             text        not null,
    priority          text        not null default 'normal',
    -- Written by somebody who has not been answered since; null while nobody waits for the clinic.
    waiting_since     timestamptz,
    snoozed_until     timestamptz,
    assignee          text,
    assignee_name     text,
    -- Of this time that it is open: when it began, was first answered by a person, and ended.
    opened_at         timestamptz not null,
    first_response_at timestamptz,
    resolved_at       timestamptz,
    last_at           timestamptz not null,
    last_by           text        not null,
    -- Unread is whatever the other side said later than somebody looked.
    last_inbound_at   timestamptz,
    -- The clinic's last answer: whoever answers says which one they know, so that a colleague's is seen before.
    last_answer_id    uuid,
    last_answer_by    text,
    last_answer_at    timestamptz,
    created_at        timestamptz not null,
    version           bigint      not null default 0,
    primary key (organization_id, id),
    constraint conversation_answer check ((last_answer_id is null) = (last_answer_at is null)),
    constraint conversation_one_per_contact_and_line unique (organization_id, contact_id, line_id),
    constraint conversation_state check (state in ('open', 'pending', 'snoozed', 'resolved')),
    constraint conversation_priority check (priority in ('normal', 'urgent')),
    constraint conversation_last_by check (last_by in ('patient', 'clinic', 'recado')),
    constraint conversation_snoozed check ((state = 'snoozed') = (snoozed_until is not null)),
    constraint conversation_resolved check ((state = 'resolved') = (resolved_at is not null)),
    constraint conversation_waits_while_open check (waiting_since is null or state in ('open', 'snoozed')),
    constraint conversation_assignee check ((assignee is null) = (assignee_name is null)),
    foreign key (organization_id, contact_id) references recado.contact (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index conversation_waiting on recado.conversation (organization_id, priority desc, waiting_since, id)
    where waiting_since is not null and state = 'open';
create index conversation_latest on recado.conversation (organization_id, state, last_at desc, id desc);
create index conversation_of_assignee on recado.conversation (organization_id, assignee, last_at desc, id desc)
    where assignee is not null;
create index conversation_age on recado.conversation (organization_id, last_at);
create index conversation_open on recado.conversation (waiting_since) where state = 'open';
call recado.fence('conversation');
grant select (state, waiting_since) on recado.conversation to recado_worker;

--changeset recado:shared-inbox-2
--comment: Words by which a clinic sorts its conversations.
create table recado.conversation_label (
    organization_id uuid not null,
    conversation_id uuid not null,
    name            text not null,
    primary key (organization_id, conversation_id, name),
    constraint conversation_label_name check (char_length(name) between 1 and 40),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create index conversation_label_by_name on recado.conversation_label (organization_id, name, conversation_id);
call recado.fence('conversation_label');

--changeset recado:shared-inbox-3
--comment: Until when somebody of the clinic has seen a conversation, and when they were mentioned in it last.
create table recado.conversation_read (
    organization_id uuid not null,
    conversation_id uuid not null,
    account         text not null,
    read_until      timestamptz,
    mentioned_at    timestamptz,
    primary key (organization_id, conversation_id, account),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
call recado.fence('conversation_read');

--changeset recado:shared-inbox-4
--comment: What the people of the clinic write for each other; patients never see it.
create table recado.conversation_note (
    organization_id uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    text            text        not null,
    author          text        not null,
    author_name     text        not null,
    mentions        text[]      not null default '{}',
    created_at      timestamptz not null,
    primary key (organization_id, id),
    constraint conversation_note_text check (char_length(text) between 1 and 4000),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create index conversation_note_of on recado.conversation_note (organization_id, conversation_id, created_at desc, id desc);
create index conversation_note_age on recado.conversation_note (organization_id, created_at);
call recado.fence('conversation_note');

--changeset recado:shared-inbox-5
--comment: Which patient somebody said a contact is. Taken back, it stays with who did it and when.
create table recado.contact_link (
    organization_id  uuid        not null,
    id               uuid        not null,
    contact_id       uuid        not null,
    patient_id       uuid        not null,
    linked_at        timestamptz not null,
    linked_by        text        not null,
    unlinked_at      timestamptz,
    unlinked_by      text,
    version          bigint      not null default 0,
    primary key (organization_id, id),
    constraint contact_link_ended check ((unlinked_at is null) = (unlinked_by is null)),
    foreign key (organization_id, contact_id) references recado.contact (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id)
);
create unique index contact_link_now on recado.contact_link (organization_id, contact_id) where unlinked_at is null;
create index contact_link_of_contact on recado.contact_link (organization_id, contact_id);
create index contact_link_of_patient on recado.contact_link (organization_id, patient_id);
call recado.fence('contact_link');

--changeset recado:shared-inbox-6
--comment: What happened to a conversation itself: who took it, put it aside, ended it. Only added to.
create table recado.conversation_event (
    organization_id uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    kind            text        not null,
    actor           text,
    actor_name      text,
    detail          text,
    link_id         uuid,
    at              timestamptz not null,
    primary key (organization_id, id),
    constraint conversation_event_kind check (kind in ('opened', 'reopened', 'resolved', 'snoozed', 'woken', 'left-to-recado',
        'assigned', 'unassigned', 'priority', 'labels', 'linked', 'unlinked', 'handed-over')),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade,
    foreign key (organization_id, link_id) references recado.contact_link (organization_id, id)
);
create index conversation_event_of on recado.conversation_event (organization_id, conversation_id, at desc, id desc);
create index conversation_event_age on recado.conversation_event (organization_id, at);
create index conversation_event_of_link on recado.conversation_event (organization_id, link_id) where link_id is not null;
call recado.fence('conversation_event');

--changeset recado:shared-inbox-7
--comment: Who is writing an answer at the moment, so that two people do not send two. A row counts until its time.
create table recado.conversation_typing (
    organization_id uuid        not null,
    conversation_id uuid        not null,
    account         text        not null,
    name            text        not null,
    until           timestamptz not null,
    primary key (organization_id, conversation_id, account),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
call recado.fence('conversation_typing');

--changeset recado:shared-inbox-8
--comment: How the people are called who wrote in conversations; messages keep the account alone.
create table recado.inbox_member (
    organization_id uuid not null,
    account         text not null,
    name            text not null,
    primary key (organization_id, account)
);
call recado.fence('inbox_member');

--changeset recado:shared-inbox-9
--comment: Texts that a clinic answers with often, found by a short word.
create table recado.canned_reply (
    organization_id uuid        not null,
    id              uuid        not null,
    shortcut        text        not null collate "C",
    text            text        not null,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint canned_reply_shortcut unique (organization_id, shortcut),
    constraint canned_reply_shortcut_form check (shortcut ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    constraint canned_reply_text check (char_length(text) between 1 and 4096)
);
call recado.fence('canned_reply');

--changeset recado:shared-inbox-10
--comment: Every word that people said, so that a search walks one index behind row-level security. What Recado itself sends is not in it. See ADR 61.
create table recado.conversation_word (
    organization_id uuid        not null,
    word            text        not null collate "C",
    at              timestamptz not null,
    entry_id        uuid        not null,
    conversation_id uuid        not null,
    primary key (organization_id, word, at, entry_id),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create index conversation_word_of_entry on recado.conversation_word (organization_id, entry_id);
create index conversation_word_of_conversation on recado.conversation_word (organization_id, conversation_id);
create index conversation_word_age on recado.conversation_word (organization_id, at);
call recado.fence('conversation_word');

--changeset recado:shared-inbox-11
--comment: A thread is read from its end; the old index of a contact's messages is the beginning of this one.
create index inbound_message_thread on recado.inbound_message (organization_id, contact_id, line_id, sent_at desc, id desc)
    where contact_id is not null;
create index inbound_message_waiting on recado.inbound_message (organization_id, contact_id, line_id, sent_at)
    where needs_staff and contact_id is not null;
create index message_thread_of_contact on recado.message (organization_id, contact_id, line_id) where contact_id is not null;
drop index recado.inbound_message_of_contact;
drop index recado.message_of_contact;

--changeset recado:shared-inbox-13
--comment: A conversation asks for a person until a time. One request waits at a time.
create table recado.hand_over (
    organization_id uuid        not null,
    id              uuid        not null,
    conversation_id uuid        not null,
    cause           text        not null,
    state           text        not null,
    requested_at    timestamptz not null,
    requested_by    text,
    deadline_at     timestamptz not null,
    settled_at      timestamptz,
    settled_by      text,
    version         bigint      not null default 0,
    primary key (organization_id, id),
    constraint hand_over_cause check (cause in ('patient', 'staff')),
    constraint hand_over_state check (state in ('waiting', 'taken', 'timed-out')),
    constraint hand_over_settled check ((state = 'waiting') = (settled_at is null)),
    constraint hand_over_deadline check (deadline_at > requested_at),
    foreign key (organization_id, conversation_id) references recado.conversation (organization_id, id) on delete cascade
);
create unique index hand_over_waiting on recado.hand_over (organization_id, conversation_id) where state = 'waiting';
create index hand_over_of on recado.hand_over (organization_id, conversation_id, requested_at desc);
call recado.fence('hand_over');
create table recado.hand_over_settings (
    organization_id uuid    not null primary key,
    minutes         integer not null,
    emails          text[]  not null,
    timeout_text    text,
    version         bigint  not null default 0,
    constraint hand_over_settings_minutes check (minutes between 1 and 120),
    constraint hand_over_settings_text check (char_length(timeout_text) between 1 and 1000)
);
call recado.fence('hand_over_settings');

--changeset recado:shared-inbox-14
--comment: Recado says that nobody could take over yet; like every sentence of its own it is written from the beginning.
alter table recado.message
    drop constraint message_kind,
    add constraint message_kind check (kind in ('confirmation', 'reminder', 'cancellation', 'reschedule', 'manual', 'consent',
        'verification', 'hand-over')),
    drop constraint message_that_is_written_has_content,
    add constraint message_that_is_written_has_content
        check (kind not in ('manual', 'consent', 'verification', 'hand-over') or content is not null),
    drop constraint message_about_a_visit_is_for_a_patient,
    add constraint message_about_a_visit_is_for_a_patient
        check (patient_id is not null or kind in ('manual', 'consent', 'verification', 'hand-over'));

--changeset recado:shared-inbox-12 splitStatements:false
--comment: A conversation for everybody who wrote or was written to as a contact. Whoever waits for staff waits in it.
set local role recado_migrator;
do $$
declare
    wanted integer;
    done   integer;
begin
    select count(*) into wanted
      from (select organization_id, contact_id, line_id from recado.inbound_message
             where contact_id is not null and chat_kind = 'direct'
            union
            select organization_id, contact_id, line_id from recado.message
             where contact_id is not null and line_id is not null and kind <> 'verification') thread;
    insert into recado.conversation (organization_id, id, contact_id, line_id, state, waiting_since, opened_at, resolved_at,
                                     last_at, last_by, last_inbound_at, created_at)
    select organization_id, gen_random_uuid(), contact_id, line_id,
           case when waiting_since is null then 'resolved' else 'open' end, waiting_since, coalesce(waiting_since, first_at),
           case when waiting_since is null then last_at end, last_at, last_by, last_inbound_at, now()
      from (select organization_id, contact_id, line_id, min(at) as first_at, max(at) as last_at,
                   max(inbound_at) as last_inbound_at, min(waits_at) as waiting_since,
                   (array_agg(said_by order by at desc))[1] as last_by
              from (select organization_id, contact_id, line_id, sent_at as at, case when not from_me then sent_at end as inbound_at,
                           case when needs_staff then sent_at end as waits_at,
                           case when from_me then 'clinic' else 'patient' end as said_by
                      from recado.inbound_message where contact_id is not null and chat_kind = 'direct'
                    union all
                    select organization_id, contact_id, line_id, coalesce(out_at, created_at), null, null,
                           case when kind = 'manual' then 'clinic' else 'recado' end
                      from recado.message
                     where contact_id is not null and line_id is not null and kind <> 'verification') said
             group by organization_id, contact_id, line_id) thread;
    get diagnostics done = row_count;
    if done <> wanted then
        raise exception 'shared-inbox-12: % of % conversations', done, wanted;
    end if;

    insert into recado.conversation_word (organization_id, word, at, entry_id, conversation_id)
    select distinct said.organization_id, left(token, 40), said.at, said.id, c.id
      from (select organization_id, id, contact_id, line_id, sent_at as at, text
              from recado.inbound_message where contact_id is not null and chat_kind = 'direct' and text is not null
            union all
            select organization_id, id, contact_id, line_id, coalesce(out_at, created_at),
                   coalesce(content ->> 'text', content ->> 'caption')
              from recado.message where contact_id is not null and line_id is not null and kind = 'manual') said
      join recado.conversation c on c.organization_id = said.organization_id and c.contact_id = said.contact_id
                                and c.line_id = said.line_id
     cross join lateral regexp_split_to_table(
               regexp_replace(normalize(lower(left(said.text, 4096)), NFKD), '[\u0300-\u036f''’`´]', '', 'g'), '[^[:alnum:]]+') token
     where said.text is not null and token <> ''
    on conflict do nothing;
end
$$;
reset role;
