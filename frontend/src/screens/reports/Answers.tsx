import clsx from 'clsx';
import type { AttendanceReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent, visitsIn } from './report';

/** Who said that they would come, and over which way. */
export function Answers({ answers }: { answers: AttendanceReport['answers'] }) {
  const { t, language } = useWords();
  const all = answers.reduce((sum, one) => sum + visitsIn(one.outcomes), 0);
  const of = (which: (answer: AttendanceReport['answers'][number]) => boolean) =>
    answers.filter(which).reduce((sum, one) => sum + visitsIn(one.outcomes), 0);
  const rows = [
    { label: t('reports.byPatient'), count: of((one) => one.participation === 'accepted' && one.answeredBy === 'patient') },
    { label: t('reports.byStaff'), count: of((one) => one.participation === 'accepted' && one.answeredBy === 'staff') },
    { label: t('reports.declined'), count: of((one) => one.participation === 'declined') },
    { label: t('reports.noAnswer'), count: of((one) => one.participation === 'needs-action' || one.participation === 'tentative') },
  ];
  return (
    <section aria-labelledby="answers-given">
      <h2 id="answers-given">{t('reports.answers')}</h2>
      <table className={styles.bars}>
        <tbody>
          {rows.map(({ label, count }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className={styles.bar} aria-hidden="true">
                <i style={{ width: `${(count / Math.max(1, all)) * 100}%` }} />
              </td>
              <td className={typography.strong}>{percent(count / Math.max(1, all), language, 0)}</td>
              <td className={clsx(typography.small, typography.muted)}>{new Intl.NumberFormat(language).format(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
