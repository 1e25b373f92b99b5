import clsx from 'clsx';
import type { AttendanceReport, MeasuredShare } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { decided, percent } from './report';

/** The one sentence: how many do not come, how sure that is, and how those who answered differ from those who did not. */
export function Headline({ report }: { report: AttendanceReport }) {
  const { t, language } = useWords();
  const share = report.total.missedShare;
  if (!share) return <p className={styles.headline}>{t('reports.nobodyRecorded')}</p>;
  const { confirmed, unanswered } = report;
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
      {confirmed.missedShare && unanswered.missedShare && (
        <Intervals
          rows={[
            { label: t('reports.confirmed', { count: decided(confirmed) }), share: confirmed.missedShare, full: true },
            { label: t('reports.silent', { count: decided(unanswered) }), share: unanswered.missedShare, full: false },
          ]}
        />
      )}
    </section>
  );
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
