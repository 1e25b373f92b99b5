--liquibase formatted sql

--changeset recado:member-access-1
--comment: From when on tokens of an account count in a clinic: what was signed before, somebody took something away from it or signed it out.
create table recado.member_access (
    organization_id uuid        not null,
    account_id      text        not null,
    tokens_from     timestamptz not null,
    primary key (organization_id, account_id),
    constraint member_access_account check (char_length(account_id) <= 100)
);
call recado.fence('member_access');

--changeset recado:member-access-2
--comment: Who may do more or less than their role says. No row: as the program has it. Roles are those beside owners.
create table recado.member_permissions (
    organization_id uuid    not null,
    second_factor   boolean not null,
    version         bigint  not null,
    primary key (organization_id)
);
call recado.fence('member_permissions');
create table recado.member_permission (
    organization_id uuid   not null,
    permission      text   not null,
    roles           text[] not null,
    primary key (organization_id, permission),
    foreign key (organization_id) references recado.member_permissions (organization_id)
);
call recado.fence('member_permission');
create table recado.member_permission_exception (
    organization_id uuid    not null,
    permission      text    not null,
    account_id      text    not null,
    granted         boolean not null,
    primary key (organization_id, permission, account_id),
    foreign key (organization_id, permission) references recado.member_permission (organization_id, permission)
        on delete cascade,
    constraint member_permission_exception_account check (char_length(account_id) <= 100)
);
call recado.fence('member_permission_exception');
