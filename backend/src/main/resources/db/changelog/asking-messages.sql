--liquibase formatted sql

--changeset recado:asking-messages-1
--comment: Whether a notice ended in a question when it left: what asked nothing is not answered by bare words while a flow waits for them. Null for what was written by hand and for what left before. See ADR 94.
alter table recado.message
    add column asks boolean;
