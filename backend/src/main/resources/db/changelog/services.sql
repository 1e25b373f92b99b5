--liquibase formatted sql

--changeset recado:services-1
--comment: What a service costs (in the currency's smallest unit), how it is drawn and where to join it from afar.
alter table recado.healthcare_service
    add column colour integer,
    add column price_minor bigint,
    add column price_currency text,
    add column telehealth_link text,
    add constraint healthcare_service_price check (
        (price_minor is null) = (price_currency is null) and price_minor between 0 and 100000000000
        and price_currency ~ '^[A-Z]{3}$'),
    add constraint healthcare_service_colour check (colour between 0 and 7),
    add constraint healthcare_service_link check (telehealth_link ~ '^https://' and char_length(telehealth_link) <= 500);
