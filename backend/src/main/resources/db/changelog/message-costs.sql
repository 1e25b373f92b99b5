--liquibase formatted sql

--changeset recado:message-costs-1
--comment: What a provider takes for a delivered message, by market and category, from a day on. The same for every clinic: the platform keeps it. See ADR 83.
create table recado.message_price (
    market       text        not null collate "C",
    category     text        not null,
    valid_from   date        not null,
    currency     text        not null collate "C",
    price_micros bigint      not null,
    written_at   timestamptz not null,
    written_by   text        not null,
    primary key (market, category, valid_from),
    constraint message_price_market check (market ~ '^([A-Z]{2}|001)$'),
    constraint message_price_category check (category in ('marketing', 'utility', 'authentication', 'service', 'other')),
    constraint message_price_currency check (currency ~ '^[A-Z]{3}$'),
    constraint message_price_amount check (price_micros between 0 and 100000000)
);
grant select, insert, update on recado.message_price to recado_app;

--changeset recado:message-costs-2
--comment: What the provider said a message was, and what it cost by the prices of that day: millionths of a currency; null when nobody knew the price, 0 when it was free.
alter table recado.message
    add column category      text,
    add column cost_micros   bigint,
    add column cost_currency text,
    add column charged_at    timestamptz;
alter table recado.engine_receipt
    add column category text,
    add column billable boolean;

--changeset recado:message-costs-3 runInTransaction:false
--comment: What a clinic was charged for in some months. Dropped first, because one that was interrupted stays behind, unusable.
set lock_timeout = 0;
drop index concurrently if exists recado.message_charged;
create index concurrently message_charged on recado.message (organization_id, charged_at)
    include (line_id, category, cost_micros, cost_currency) where charged_at is not null;
set lock_timeout = '5s';

--changeset recado:message-costs-4
--comment: How much a clinic wants to spend in a month; beyond it nothing leaves that only advertises.
create table recado.message_budget (
    organization_id uuid   not null,
    monthly_micros  bigint,
    currency        text   not null collate "C",
    version         bigint not null,
    primary key (organization_id),
    constraint message_budget_amount check (monthly_micros between 0 and 1000000000000),
    constraint message_budget_currency check (currency ~ '^[A-Z]{3}$')
);
call recado.fence('message_budget');
