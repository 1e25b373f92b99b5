import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { lineHistoryQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import layout from '../../ui/layout.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { lineSigns, Status } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { causeText } from './advice';
import { asRead } from './history';
import styles from './LineHistory.module.css';

/** Everything that happened to the line, newest first. */
export function LineHistory({ lineId }: { lineId: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const history = useQuery(lineHistoryQuery(clinic.id, lineId));
  return (
    <section className={layout.spaced} aria-labelledby="line-history">
      <Section title={t('line.historyTitle')} id="line-history" />
      {history.isPending ? (
        <Skeleton rows={4} />
      ) : history.isLoadingError ? (
        <LoadError error={history.error} title={t('line.historyError')} retry={() => void history.refetch()} />
      ) : history.data.length === 0 ? (
        <p className={clsx(typography.small, typography.muted)}>{t('line.historyEmpty')}</p>
      ) : (
        <ul className={styles.history}>
          {history.data
            .map((entry, index) => asRead(entry, history.data[index + 1]))
            .map((entry) => (
              <li key={`${entry.at}${entry.state}`}>
                <span className={clsx(typography.small, typography.muted, typography.nowrap)}>
                  {moment(entry.at, clinic.timeZone, language)}
                </span>
                <span>
                  <Status sign={lineSigns[entry.state]} />
                </span>
                <span className={typography.small}>{causeText(entry.cause, t)}</span>
              </li>
            ))}
        </ul>
      )}
    </section>
  );
}
