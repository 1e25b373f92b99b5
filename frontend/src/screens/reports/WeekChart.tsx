import { LineChart } from '@mantine/charts';
import clsx from 'clsx';
import type { AttendanceReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import { dayMonth } from '../../time/format';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent } from './report';

const LEAST_WEEKS = 2;

/** The share of missed visits, week by week; the same figures as a table for who does not see the line. */
export function WeekChart({ weeks }: { weeks: AttendanceReport['weeks'] }) {
  const { t, language } = useWords();
  const measured = weeks.flatMap((one) =>
    one.outcomes.missedShare ? [{ week: one.week, day: dayMonth(one.week, language), share: one.outcomes.missedShare.value }] : [],
  );
  return (
    <section aria-labelledby="missed-by-week">
      <h2 id="missed-by-week">{t('reports.missedByWeek')}</h2>
      {measured.length < LEAST_WEEKS ? (
        <p className={clsx(typography.small, typography.muted)}>{t('reports.tooFewWeeks')}</p>
      ) : (
        <>
          <div aria-hidden="true" className={styles.chart}>
            <LineChart
              h={170}
              data={measured}
              dataKey="day"
              series={[{ name: 'share', color: 'var(--solid)', label: t('reports.missed') }]}
              curveType="linear"
              gridAxis="x"
              tickLine="none"
              withTooltip
              valueFormatter={(value) => percent(value, language)}
              yAxisProps={{ width: 48, tickCount: 3, tickFormatter: (value: number) => percent(value, language, 0) }}
              xAxisProps={{ interval: 'preserveStartEnd' }}
              lineChartProps={{ accessibilityLayer: false }}
              lineProps={{ isAnimationActive: false }}
            />
          </div>
          <table className={layout.visuallyHidden}>
            <caption>{t('reports.missedByWeek')}</caption>
            <tbody>
              {measured.map((one) => (
                <tr key={one.week}>
                  <th scope="row">{one.day}</th>
                  <td>{percent(one.share, language)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
