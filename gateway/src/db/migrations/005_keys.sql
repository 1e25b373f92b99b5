-- Which key sealed a row stands in its first bytes; rows of an older key are looked for after every change of key.
create index credential_sealing on gateway.credential (substring(sealed from 1 for 5), line_id);
