import clsx from 'clsx';
import { useWords } from '../../../app/clinic';
import typography from '../../../ui/typography.module.css';
import styles from './ImportPage.module.css';

/** How many rows are through, of how many where that is known. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }) {
  const { t } = useWords();
  return (
    <div className={styles.progress} role="status" data-testid="import-progress">
      <b className={typography.strong}>{label}</b>
      <progress aria-label={label} max={total ?? undefined} value={total === null ? undefined : done} />
      <span className={clsx(typography.small, typography.muted)}>
        {total === null ? t('import.rowsDone', { count: done }) : t('import.rowsOf', { done, count: total })}
      </span>
    </div>
  );
}
