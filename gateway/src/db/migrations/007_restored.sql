-- What a restored backup calls open may have been sent since.
alter table gateway.command
  drop constraint command_reason_check,
  add constraint command_reason_check check (reason in
    ('not-on-whatsapp', 'recipient-not-allowed', 'rejected-by-network', 'rate-limited', 'line-logged-out',
     'no-acknowledgement', 'found-sending-at-start', 'too-late', 'media-missing', 'restored-from-backup'));
