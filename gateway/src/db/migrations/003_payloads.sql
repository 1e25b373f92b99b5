alter table gateway.command
  -- What is sent when it is more than a text; a text stands in recipient and body alone, as it always did.
  add column payload json,
  -- The message as the network knows it, for a recipient that asks to get it again.
  add column content bytea,
  drop constraint command_check,
  add constraint command_complete check (state = 'withdrawn' or (provider_message_id is not null
    and recipient is not null and (body is not null or payload is not null) and hash is not null
    and not_after is not null)),
  drop constraint command_reason_check,
  add constraint command_reason_check check (reason in
    ('not-on-whatsapp', 'recipient-not-allowed', 'rejected-by-network', 'rate-limited', 'line-logged-out',
     'no-acknowledgement', 'found-sending-at-start', 'too-late', 'media-missing'));
