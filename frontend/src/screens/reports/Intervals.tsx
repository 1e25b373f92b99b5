import clsx from 'clsx';
import type { MeasuredShare } from '../../api/types';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import styles from './Reports.module.css';
import { percent } from './report';

/** Shares with their intervals on one scale: a full dot against an open one, so that no colour has to be told apart. */
export function Intervals({ rows }: { rows: { label: string; share: MeasuredShare; full: boolean }[] }) {
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
