alter table gateway.line
  -- Pairing by typed code: for which phone, and how often anything about pairing was asked, so that an owner notices.
  add column pairing_phone text,
  add column pairing_asked integer not null default 0,
  -- A person was warned and wants whatever phone pairs next.
  add column replace_phone boolean not null default false,
  -- The phone that was undone because it is not the remembered one.
  add column other_phone text,
  -- The network knows a device for this line: it can come back without a person.
  add column has_device boolean not null default false,
  add column typing boolean not null default true;

update gateway.line l set has_device = true
 where phone is not null
   and exists (select 1 from gateway.credential c where c.line_id = l.id and c.type = 'creds');
