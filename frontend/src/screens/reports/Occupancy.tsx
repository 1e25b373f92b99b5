import clsx from 'clsx';
import type { CSSProperties } from 'react';
import type { OccupancyOfPractitioner } from '../../api/types';
import { useWords } from '../../app/clinic';
import { weekdayLong } from '../../time/format';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { fullness, openSpan, percent } from './report';

const DARK_FROM = 60;

/** How full each hour of the week was, one table for each practitioner: one hue, and the number in every cell. */
export function Occupancy({ items }: { items: readonly OccupancyOfPractitioner[] }) {
  const { t, language } = useWords();
  const { days, hours } = openSpan(items);
  const open = items.filter((one) => one.openMinutes > 0);
  return (
    <section className={styles.occupancy} aria-labelledby="occupancy">
      <div className={styles.occupancyHead}>
        <h2 id="occupancy">{t('reports.occupancy')}</h2>
        <p className={clsx(typography.small, typography.muted)}>{t('reports.occupancyText')}</p>
      </div>
      {open.length === 0 && <p className={clsx(typography.small, typography.muted)}>{t('reports.occupancyNone')}</p>}
      <div className={styles.heats}>
        {open.map((one) => (
          <figure key={one.practitionerId} className={styles.heat}>
            <figcaption className={typography.small}>
              <b className={typography.strong}>{one.displayName}</b>{' '}
              <span className={typography.muted}>
                {t('reports.full', { share: percent(Math.min(1, one.busyMinutes / one.openMinutes), language, 0) })}
              </span>
            </figcaption>
            <table>
              <caption className={layout.visuallyHidden}>{t('reports.occupancyOf', { name: one.displayName })}</caption>
              <thead>
                <tr>
                  <td />
                  {days.map((day) => (
                    <th key={day} scope="col">
                      {weekdayLong(day, language).slice(0, 3)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {hours.map((hour) => (
                  <tr key={hour}>
                    <th scope="row">{hour}</th>
                    {days.map((day) => {
                      const full = fullness(one, day, hour);
                      return full === null ? (
                        <td key={day}>
                          <span className={layout.visuallyHidden}>{t('reports.closed')}</span>
                        </td>
                      ) : (
                        <td
                          key={day}
                          className={clsx(styles.cell, full >= DARK_FROM && styles.cellDark)}
                          style={{ '--full': `${full}%` } as CSSProperties}
                        >
                          {full}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </figure>
        ))}
      </div>
    </section>
  );
}
