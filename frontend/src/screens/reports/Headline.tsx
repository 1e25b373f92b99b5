import clsx from 'clsx';
import type { AttendanceReport, MeasuredShare } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent, together } from './report';

/** The one sentence: how many do not come, how sure that is, and how those who answered differ from those who did not. */
export function Headline({ report }: { report: AttendanceReport }) {
  const { t, language } = useWords();
  const share = report.total.missedShare;
  if (!share) return <p className={styles.headline}>{t('reports.nobodyRecorded')}</p>;
  const confirmed = measured(report, (one) => one.participation === 'accepted');
  const silent = measured(report, (one) => one.participation === 'needs-action');
  return (
    <section className={styles.headline}>
      <div>
        <h2 className={styles.say}>{t('reports.say', { share: percent(share.value, language) })}</h2>
        <p>{t('reports.between', { low: percent(share.low, language), high: percent(share.high, language) })}</p>
        {report.total.unrecorded > 0 && (
          <p className={clsx(typography.small, typography.muted)}>{t('reports.unrecorded', { count: report.total.unrecorded })}</p>
        )}
        <p className={clsx(typography.small, typography.muted)}>{t('reports.notCause')}</p>
      </div>
      {confirmed && silent && (
        <Intervals
          rows={[
            { label: t('reports.confirmed', { count: confirmed.count }), share: confirmed.share, full: true },
            { label: t('reports.silent', { count: silent.count }), share: silent.share, full: false },
          ]}
        />
      )}
    </section>
  );
}

function measured(
  report: AttendanceReport,
  which: (answer: AttendanceReport['answers'][number]) => boolean,
): { share: MeasuredShare; count: number } | null {
  const { attended, missed } = together(report.answers.filter(which).map((one) => one.outcomes));
  const whole = attended + missed;
  return whole === 0 ? null : { share: wilson(missed, whole), count: whole };
}

/** Wilson's score interval of 95 %, as the server computes it; groups that it tells apart are counted together here. */
function wilson(part: number, whole: number): MeasuredShare {
  const z = 1.959964;
  const value = part / whole;
  const scale = 1 + (z * z) / whole;
  const centre = (value + (z * z) / (2 * whole)) / scale;
  const reach = (z / scale) * Math.sqrt((value * (1 - value)) / whole + (z * z) / (4 * whole * whole));
  return { value, low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}

/** Shares with their intervals on one scale: a full dot against an open one, so that no colour has to be told apart. */
function Intervals({ rows }: { rows: { label: string; share: MeasuredShare; full: boolean }[] }) {
  const { t, language } = useWords();
  const most = Math.max(0.05, Math.ceil(Math.max(...rows.map((one) => one.share.high)) * 20) / 20);
  const at = (share: number) => `${(share / most) * 100}%`;
  return (
    <figure className={styles.intervals}>
      {rows.map(({ label, share, full }) => (
        <div key={label}>
          <p className={typography.small}>
            {label} <b className={typography.strong}>{percent(share.value, language)}</b>
            <span className={clsx(typography.muted, typography.small)}>
              {' '}
              {t('reports.range', { low: percent(share.low, language), high: percent(share.high, language) })}
            </span>
          </p>
          <div className={styles.scale} aria-hidden="true">
            <i className={styles.whisker} style={{ left: at(share.low), right: `calc(100% - ${at(share.high)})` }} />
            <i className={clsx(styles.dot, full && styles.dotFull)} style={{ left: at(share.value) }} />
          </div>
        </div>
      ))}
      <div className={clsx(styles.scaleEnds, typography.tiny, typography.muted)} aria-hidden="true">
        <span>{percent(0, language, 0)}</span>
        <span>{percent(most, language, 0)}</span>
      </div>
    </figure>
  );
}
