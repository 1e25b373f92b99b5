import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { type AnyImport, type ImportKind, importRowsPage } from '../../../api/imports';
import { keys } from '../../../api/keys';
import { fieldSentence } from '../../../api/problems';
import type { ImportRow } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { useClinicActions } from '../../../app/clinicActions';
import { to } from '../../../app/paths';
import { Button } from '../../../ui/Button';
import lists from '../../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './ImportPage.module.css';
import { useImportWords } from './words';

/** Single rows of the file that end in one way, and why. */
export function Rows({ kind, one, outcome }: { kind: ImportKind; one: AnyImport; outcome: ImportRow['outcome'] }) {
  const { t } = useWords();
  const words = useImportWords(kind);
  const actions = useClinicActions();
  const clinic = useClinic();
  const rows = useInfiniteQuery({
    queryKey: keys.of(clinic.id, 'imports', 'rows', kind, one.id, one.version, outcome),
    queryFn: ({ pageParam, signal }) => importRowsPage(clinic.id, kind, one.id, outcome, pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    gcTime: 60_000,
  });
  return (
    <section className={styles.rows} data-testid={`import-rows-${outcome}`}>
      <Section title={words(`rows.${outcome}`)} />
      {rows.isPending ? (
        <Skeleton rows={3} />
      ) : rows.isLoadingError ? (
        <LoadError error={rows.error} title={t('import.error')} retry={() => void rows.refetch()} />
      ) : (
        <ul className={lists.ruled}>
          {rows.data.pages
            .flatMap((page) => page.items)
            .map((row) => (
              <li key={row.number} className={styles.row}>
                <b className={clsx(typography.strong, typography.nowrap)}>{t('import.row', { number: row.number })}</b>
                <span>
                  {row.problems.map((problem) => (
                    <span key={`${problem.column} ${problem.code}`} className={styles.problem}>
                      {problem.column && <span className={typography.muted}>{problem.column}: </span>}
                      {fieldSentence(problem.code, t)}
                    </span>
                  ))}
                  {row.patientId && (
                    <Link {...to.patient(clinic.alias, row.patientId)} target="_blank" rel="noreferrer">
                      {t('import.openPatient')}
                    </Link>
                  )}
                  {row.appointmentId && (
                    <Button small kind="quiet" onClick={() => row.appointmentId && actions.show(row.appointmentId)}>
                      {t('visitImport.open')}
                    </Button>
                  )}
                </span>
              </li>
            ))}
        </ul>
      )}
      {rows.hasNextPage && (
        <div className={lists.more}>
          <Button disabled={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </section>
  );
}
