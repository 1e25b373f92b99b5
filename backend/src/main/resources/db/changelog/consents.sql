--liquibase formatted sql

--changeset recado:consents-1
--comment: What proves a wish: the message that said it, or what staff saw. Consent to marketing is needed beforehand, so staff write it down as well.
alter table recado.phone_consent
    add column channel     text not null default 'whatsapp',
    add column evidence    text,
    add column recorded_by text,
    drop constraint phone_consent_source,
    add constraint phone_consent_source check (source in ('patient', 'provider', 'staff')),
    add constraint phone_consent_channel check (channel in ('whatsapp')),
    add constraint phone_consent_evidence check (char_length(evidence) between 1 and 500),
    add constraint phone_consent_of_staff check (source <> 'staff' or (evidence is not null and recorded_by is not null));
