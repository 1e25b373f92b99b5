--liquibase formatted sql

--changeset recado:plans-1
--comment: Lists and counts of messages read what they show and no more: by state, by day, and what is planned and due.
create index message_of_state on recado.message (organization_id, state, id);
create index message_of_day on recado.message (organization_id, due_at, id);
create index message_planned on recado.message (organization_id, due_at) where state = 'planned';

--changeset recado:plans-2
--comment: The platform's figures of the last 24 hours read the last 24 hours.
create index message_step_at on recado.message_step (at) include (state);
create index whatsapp_line_transition_at on recado.whatsapp_line_transition (at);
create index gateway_event_inbound_at on recado.gateway_event (at) where type = 'message.inbound';
