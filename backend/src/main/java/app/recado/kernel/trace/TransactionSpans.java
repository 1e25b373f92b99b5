package app.recado.kernel.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** How long the database was worked with: one span a transaction, without its statements, which hold values. */
@Component
class TransactionSpans implements TransactionExecutionListener {

    private record Open(TransactionExecution transaction, Traces.Begun span) {}

    private final Traces traces;
    private final ThreadLocal<Deque<Open>> open = ThreadLocal.withInitial(ArrayDeque::new);

    TransactionSpans(Traces traces) {
        this.traces = traces;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (traces.on() && failure == null && transaction.isNewTransaction()) {
            var what = transaction.isReadOnly() ? "transaction, reads" : "transaction";
            open.get().push(new Open(transaction, traces.doing(what)));
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, failure != null);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, true);
    }

    /** With it end those that were begun after it on this thread and whose end nobody told. */
    private void end(TransactionExecution transaction, boolean failed) {
        var begun = open.get();
        if (begun.stream().noneMatch(one -> one.transaction() == transaction)) {
            return;
        }
        while (!begun.isEmpty()) {
            var last = begun.pop();
            if (failed) {
                last.span().failed();
            }
            last.span().close();
            if (last.transaction() == transaction) {
                break;
            }
        }
        if (begun.isEmpty()) {
            open.remove();
        }
    }
}
