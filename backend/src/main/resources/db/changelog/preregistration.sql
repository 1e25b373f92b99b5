--liquibase formatted sql

--changeset recado:preregistration-1
--comment: Who pays for a patient's visits, and their number there. Of several the newest counts: a merge may bring a second one.
create table recado.coverage (
    organization_id uuid        not null,
    id              uuid        not null,
    patient_id      uuid        not null,
    insurance_id    uuid,
    member_number   text,
    updated_at      timestamptz not null,
    updated_by      text        not null,
    version         bigint      not null,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade,
    foreign key (organization_id, insurance_id) references recado.insurance (organization_id, id),
    constraint coverage_member_number check (char_length(member_number) between 1 and 40)
);
create index coverage_of_patient on recado.coverage (organization_id, patient_id, updated_at);
call recado.fence('coverage');

--changeset recado:preregistration-2
--comment: An identifier that a patient says is theirs while another patient of the clinic has it: proof of a likely duplicate.
create table recado.patient_identifier_claim (
    organization_id uuid not null,
    patient_id      uuid not null,
    kind            text not null,
    value           text not null collate "C",
    primary key (organization_id, patient_id, kind),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade
);
create index patient_identifier_claim_of on recado.patient_identifier_claim (organization_id, kind, value);
call recado.fence('patient_identifier_claim');

--changeset recado:preregistration-3
--comment: A link by which a patient completes their own card, once. What they said is kept only where it differs from what staff wrote, until staff decide; what they agreed to is kept in the words they saw. See ADR 48.
create table recado.preregistration (
    organization_id  uuid        not null,
    id               uuid        not null,
    patient_id       uuid        not null,
    expires_at       timestamptz not null,
    sent_at          timestamptz,
    sent             integer     not null default 0,
    opened_at        timestamptz,
    completed_at     timestamptz,
    revoked_at       timestamptz,
    resolved_at      timestamptz,
    resolved_by      text,
    answer_hash      text,
    differing        jsonb       not null default '{}',
    identifier_taken boolean     not null default false,
    consents         jsonb       not null default '[]',
    created_at       timestamptz not null,
    created_by       text        not null,
    version          bigint      not null default 0,
    primary key (organization_id, id),
    foreign key (organization_id, patient_id) references recado.patient (organization_id, id) on delete cascade,
    constraint preregistration_completed check ((completed_at is null) = (answer_hash is null)),
    constraint preregistration_resolved check ((resolved_at is null) = (resolved_by is null))
);
create index preregistration_of_patient on recado.preregistration (organization_id, patient_id, created_at);
create index preregistration_age on recado.preregistration (organization_id, created_at);
call recado.fence('preregistration');
