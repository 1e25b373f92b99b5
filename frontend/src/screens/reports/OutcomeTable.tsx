import clsx from 'clsx';
import type { VisitOutcomes } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent } from './report';

/** Visits of each practitioner, service or insurance, and the share that was missed. */
export function OutcomeTable({
  title,
  name,
  rows,
}: {
  title: string;
  name: string;
  rows: readonly { id: string | null; name: string; outcomes: VisitOutcomes }[];
}) {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(language);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <table className={styles.table}>
        <thead>
          <tr className={clsx(typography.small, typography.muted)}>
            <th scope="col">{name}</th>
            <th scope="col">{t('reports.attended')}</th>
            <th scope="col">{t('reports.missed')}</th>
            <th scope="col">{t('reports.share')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name: of, outcomes }) => (
            <tr key={id ?? ''}>
              <th scope="row">{of}</th>
              <td>{number.format(outcomes.attended)}</td>
              <td>{number.format(outcomes.missed)}</td>
              <td className={typography.strong}>{outcomes.missedShare ? percent(outcomes.missedShare.value, language) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
