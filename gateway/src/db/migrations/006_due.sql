-- When the line has something to send next, as the backend last said; orders restoring and nothing else.
alter table gateway.line add column due_at timestamptz;
