import clsx from 'clsx';
import type { AttendanceReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent, visitsIn } from './report';

/** How long before a visit it was booked, and how many of these do not come. */
export function LeadTimes({ leadTimes }: { leadTimes: AttendanceReport['leadTimes'] }) {
  const { t, language } = useWords();
  const all = Math.max(
    1,
    leadTimes.reduce((sum, one) => sum + visitsIn(one.outcomes), 0),
  );
  const most = Math.max(1, ...leadTimes.map((one) => visitsIn(one.outcomes)));
  return (
    <section aria-labelledby="lead-times">
      <h2 id="lead-times">{t('reports.leadTime')}</h2>
      <table className={styles.bars}>
        <tbody>
          {leadTimes.map(({ firstDay, lastDay, outcomes }) => {
            const count = visitsIn(outcomes);
            return (
              <tr key={firstDay}>
                <th scope="row">
                  {lastDay === 0
                    ? t('reports.sameDay')
                    : lastDay === null
                      ? t('reports.moreDays', { days: firstDay - 1 })
                      : t('reports.fromToDays', { from: firstDay, to: lastDay })}
                </th>
                <td className={styles.bar} aria-hidden="true">
                  <i style={{ width: `${(count / most) * 100}%` }} />
                </td>
                <td className={typography.strong}>{percent(count / all, language, 0)}</td>
                <td className={clsx(typography.small, typography.muted)}>
                  {outcomes.missedShare ? t('reports.missing', { share: percent(outcomes.missedShare.value, language) }) : '–'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
