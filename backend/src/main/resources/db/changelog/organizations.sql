--liquibase formatted sql

--changeset recado:organizations-1
--comment: The register of clinics. An organization sees its own row; platform work sees the register.
create table recado.organization (
    id                      uuid        not null primary key,
    name                    text        not null,
    alias                   text        not null unique,
    country                 text        not null,
    time_zone               text        not null,
    locale                  text        not null,
    visit_word              text        not null,
    decline_action          text        not null default 'ask-staff',
    reminder_lead_minutes   integer     not null default 1440,
    confirmation_on_booking boolean     not null default true,
    quiet_from              time,
    quiet_to                time,
    state                   text        not null,
    created_at              timestamptz not null,
    version                 bigint      not null default 0,
    constraint organization_locale check (locale in ('es', 'en', 'pt-BR')),
    constraint organization_visit_word check (visit_word in ('turno', 'cita')),
    constraint organization_decline_action check (decline_action in ('cancel', 'ask-staff')),
    constraint organization_state check (state in ('provisioning', 'active')),
    constraint organization_quiet_hours check ((quiet_from is null) = (quiet_to is null))
);
alter table recado.organization enable row level security;
alter table recado.organization force row level security;
create policy organization on recado.organization
    using (id = recado.current_organization() or recado.platform_work())
    with check (id = recado.current_organization() or recado.platform_work());
grant select, insert, update on recado.organization to recado_app;

--changeset recado:organizations-2
--comment: How far each onboarding has come. Platform work, so its rows belong to the nil organization.
create table recado.onboarding (
    organization_id uuid        not null,
    id              uuid        not null,
    alias           text        not null,
    request_key     text        not null,
    onboarded_id    uuid,
    done            boolean     not null,
    created_at      timestamptz not null,
    primary key (organization_id, id),
    unique (organization_id, alias)
);
call recado.fence('onboarding');

--changeset recado:organizations-invitations
--comment: Who is invited to work in a clinic and has not accepted yet. Accepted, declined or revoked, a row is deleted.
create table recado.member_invitation (
    organization_id uuid        not null,
    id              uuid        not null,
    email           text        not null,
    given_name      text        not null,
    family_name     text        not null,
    roles           text[]      not null,
    language        text        not null,
    invited_by      text        not null,
    invited_by_name text        not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    mails           integer     not null,
    sent_at         timestamptz,
    primary key (organization_id, id),
    unique (organization_id, email),
    constraint member_invitation_language check (language in ('es', 'en', 'pt-BR'))
);
call recado.fence('member_invitation');
