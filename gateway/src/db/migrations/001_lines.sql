create table gateway.line (
  id uuid primary key,
  organization_id uuid not null,
  network text not null check (network in ('simulator', 'whatsapp')),
  -- What an owner should do next; 'rest' needs no owner.
  desired text not null check (desired in ('run', 'rest', 'stop', 'log-out')),
  state text not null check (state in
    ('stopped', 'starting', 'pairing', 'linked', 'reconnecting', 'needs-pairing', 'halted')),
  cause text not null check (cause in
    ('none', 'never-started', 'stopped-here', 'logged-out-here', 'logged-out-on-phone', 'device-removed', 'qr-expired',
     'network', 'server-restart', 'server-unavailable', 'timed-out', 'opened-elsewhere', 'banned', 'client-outdated',
     'credentials-unreadable', 'network-mismatch', 'wrong-number')),
  since timestamptz not null,
  next_attempt_at timestamptz,
  phone text,
  profile_name text,
  platform text,
  qr_generation integer not null default 0,
  last_seq bigint not null default 0,
  lease_owner uuid,
  lease_epoch bigint not null default 0,
  lease_until timestamptz
);

create index line_to_claim on gateway.line (lease_until) where desired <> 'rest';

-- One row per Signal key: one value per session would grow to megabytes and be rewritten at every send.
create table gateway.credential (
  line_id uuid not null references gateway.line on delete cascade,
  type text not null,
  key_id text not null,
  sealed bytea not null,
  primary key (line_id, type, key_id)
);

create table gateway.command (
  line_id uuid not null references gateway.line on delete cascade,
  message_id text not null,
  -- Null for a command that was withdrawn before it arrived.
  provider_message_id text,
  recipient text,
  body text,
  hash text,
  not_after timestamptz,
  state text not null check (state in
    ('accepted', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown', 'withdrawn', 'expired')),
  reason text check (reason in
    ('not-on-whatsapp', 'recipient-not-allowed', 'rejected-by-network', 'rate-limited', 'line-logged-out',
     'no-acknowledgement', 'found-sending-at-start', 'too-late')),
  position bigint generated always as identity,
  changed_at timestamptz not null,
  primary key (line_id, message_id),
  unique (line_id, provider_message_id),
  check (state = 'withdrawn' or (provider_message_id is not null and recipient is not null and body is not null
    and hash is not null and not_after is not null))
);

create index command_waiting on gateway.command (line_id, position) where state = 'accepted';
create index command_in_flight on gateway.command (line_id) where state = 'sending';
create index command_deadline on gateway.command (not_after) where state = 'accepted';

create table gateway.event (
  line_id uuid not null references gateway.line on delete cascade,
  seq bigint not null,
  id uuid not null,
  type text not null,
  at timestamptz not null,
  data json not null,
  -- Set on what is reported about a command, which is kept until the report is acknowledged.
  message_id text,
  primary key (line_id, seq)
);

create index event_of_command on gateway.event (line_id, message_id) where message_id is not null;

-- The network names a person by phone, by hidden identifier (LID), or by both, and not always by the same.
create table gateway.contact (
  line_id uuid not null references gateway.line on delete cascade,
  id bigint generated always as identity,
  phone text,
  lid text,
  primary key (line_id, id),
  unique (line_id, phone),
  unique (line_id, lid),
  check (phone is not null or lid is not null)
);

-- Whether a phone is on WhatsApp, and under which address; null address: it is not.
create table gateway.recipient (
  line_id uuid not null references gateway.line on delete cascade,
  phone text not null,
  address text,
  checked_at timestamptz not null,
  primary key (line_id, phone)
);

-- Messages already reported. Provider ids are unique only within a chat and a sender.
create table gateway.inbound (
  line_id uuid not null references gateway.line on delete cascade,
  chat text not null,
  sender text not null,
  from_me boolean not null,
  provider_message_id text not null,
  recorded_at timestamptz not null,
  primary key (line_id, provider_message_id, chat, sender, from_me)
);

create index inbound_age on gateway.inbound (recorded_at);
