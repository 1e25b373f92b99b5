--liquibase formatted sql

--changeset recado:contacts-1
--comment: Everybody who wrote to the clinic or was written to, patient or not, and by what WhatsApp knows them. See ADR 14.
create table recado.contact (
    organization_id uuid        not null,
    id              uuid        not null,
    phone           text,
    name            text,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (organization_id, id),
    constraint contact_one_of_a_phone unique (organization_id, phone)
);
call recado.fence('contact');
create table recado.contact_identity (
    organization_id uuid        not null,
    kind            text        not null,
    value           text        not null,
    contact_id      uuid        not null,
    line_id         uuid        not null,
    seen_at         timestamptz not null,
    primary key (organization_id, kind, value),
    constraint contact_identity_kind check (kind in ('lid', 'user-id', 'address')),
    foreign key (organization_id, contact_id) references recado.contact (organization_id, id),
    foreign key (organization_id, line_id) references recado.whatsapp_line (organization_id, id)
);
create index contact_identity_of_contact on recado.contact_identity (organization_id, contact_id);
call recado.fence('contact_identity');
