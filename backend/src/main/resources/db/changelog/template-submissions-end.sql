--liquibase formatted sql

--changeset recado:template-submissions-end-1
--comment: What was handed in goes with its clinic, and not otherwise.
grant delete on recado.template_submission to recado_app;
create policy goes_with_its_clinic on recado.template_submission as restrictive for delete
    using (recado.deletion_due());
