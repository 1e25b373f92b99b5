-- Media that was reported with a message and is still to be fetched.
create table gateway.media_download (
  line_id uuid not null references gateway.line on delete cascade,
  media_id uuid not null,
  provider_message_id text not null,
  claimed_type text,
  claimed_size bigint,
  -- Where it is and the key that opens it; deleted with the row as soon as it is fetched or given up.
  source json not null,
  recorded_at timestamptz not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  primary key (line_id, media_id)
);

create index media_download_due on gateway.media_download (next_attempt_at);
