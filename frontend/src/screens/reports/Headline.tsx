import clsx from 'clsx';
import type { AttendanceReport } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import { Intervals } from './Intervals';
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
