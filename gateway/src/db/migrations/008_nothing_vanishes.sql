alter table gateway.inbound
  -- What is reported at `due_at` unless the content arrives before: a message that could not be opened, a call.
  add column awaited json,
  add column due_at timestamptz,
  -- Reported without its content, which replaces the report should it arrive after all.
  add column replaceable boolean not null default false;

create index inbound_due on gateway.inbound (due_at) where due_at is not null;

-- When a person was last written to or heard of; who is not for long is forgotten.
alter table gateway.contact add column seen_at timestamptz not null default clock_timestamp();
create index contact_age on gateway.contact (seen_at);
create index recipient_age on gateway.recipient (checked_at);

alter table gateway.line
  -- Until when everything sent to this line was received; null: it was never linked, or its phone was forgotten.
  add column heard_until timestamptz,
  -- Since when the phone's history is read; null: it is not.
  add column history_since timestamptz;

-- A part of the phone's history that is still to be read. Sealed: it holds the key of the file, or the messages.
create table gateway.history_part (
  line_id uuid not null references gateway.line on delete cascade,
  provider_message_id text not null,
  sealed bytea not null,
  recorded_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  primary key (line_id, provider_message_id)
);
