package app.recado.audit;

import app.recado.kernel.CurrentOrganization;
import app.recado.kernel.tenancy.WorkerDatabase;
import java.util.HexFormat;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts entries into the chain of their organization, a batch at a time: whoever changes or removes one afterwards breaks the
 * hash of its batch and of all that follow. A chain that grew with every entry would let a clinic write one at a time. Each
 * new head is logged, and so stands outside the database.
 */
@Component
class AuditChain {

    private static final Logger LOG = LoggerFactory.getLogger(AuditChain.class);

    /** Entries of one batch at most. */
    static final int MOST = 10_000;

    private final WorkerDatabase worker;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    AuditChain(WorkerDatabase worker, JdbcClient jdbc, TransactionTemplate transaction) {
        this.worker = worker;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Adds a batch to the chain of every organization that has entries outside it. */
    void grow() {
        var organizations = worker.jdbc()
                .sql("select distinct organization_id from audit_entry where batch is null")
                .query((row, n) -> row.getObject("organization_id", UUID.class))
                .list();
        for (var organization : organizations) {
            CurrentOrganization.run(organization, () -> {
                boolean more = true;
                while (more) {
                    more = Boolean.TRUE.equals(transaction.execute(status -> addBatch(organization)));
                }
            });
        }
    }

    /** @return whether entries may be left */
    private boolean addBatch(UUID organization) {
        long number = jdbc.sql("select coalesce(max(number), 0) + 1 from audit_batch where organization_id = ?")
                .param(organization)
                .query(Long.class)
                .single();
        int entries = jdbc.sql("""
                        update audit_entry set batch = :number
                         where organization_id = :org and batch is null and id in (
                               select id from audit_entry where organization_id = :org and batch is null order by id limit :most)
                        """)
                .param("number", number)
                .param("org", organization)
                .param("most", MOST)
                .update();
        if (entries == 0) {
            return false;
        }
        var head = jdbc.sql("""
                        insert into audit_batch (organization_id, number, entries, last_at, previous, hash)
                        select :org, :number, :entries,
                               (select max(at) from audit_entry where organization_id = :org and batch = :number),
                               former.hash, recado.audit_hash(:org, :number, former.hash)
                          from (select coalesce((select hash from audit_batch where organization_id = :org and number = :number - 1),
                                                sha256(convert_to(cast(:org as text), 'UTF8'))) as hash) former
                        returning hash
                        """)
                .param("org", organization)
                .param("number", number)
                .param("entries", entries)
                .query((row, n) -> row.getBytes("hash"))
                .single();
        LOG.info(
                "Audit chain of organization {} has batch {} with {} entries: {}",
                organization,
                number,
                entries,
                HexFormat.of().formatHex(head));
        return entries == MOST;
    }
}
