import clsx from 'clsx';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { timeOf } from '../../time/clinicTime';
import layout from '../../ui/layout.module.css';
import { VisitStatus } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import type { NextUp } from './day';
import styles from './NextUps.module.css';

/** Who comes next, practitioner by practitioner. */
export function NextUps({ entries }: { entries: NextUp[] }) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  if (entries.length === 0) return null;
  return (
    <div className={styles.nextUps} style={{ '--n': Math.min(4, entries.length) } as React.CSSProperties}>
      {entries.map(({ practitioner, current, next }) => (
        <div key={practitioner.id}>
          <span className={clsx(typography.small, typography.muted, typography.ellipsis, typography.block)}>
            {practitioner.displayName}
            {!current && next ? `, ${t('today.free')}` : ''}
          </span>
          {next ? (
            <>
              <button type="button" className={clsx(styles.name, typography.ellipsis)} onClick={() => actions.show(next.id)}>
                <span className={layout.visuallyHidden}>{t('today.next')} </span>
                {timeOf(next.start, clinic.timeZone)} {next.patient.displayName}
              </button>
              <VisitStatus visit={next} bare />
            </>
          ) : (
            <>
              <span className={clsx(styles.name, typography.ellipsis)}>{current ? current.patient.displayName : t('today.noMore')}</span>
              {current ? (
                <VisitStatus visit={current} bare />
              ) : (
                <span className={clsx(typography.small, typography.muted)}>{t('today.noMoreText')}</span>
              )}
            </>
          )}
        </div>
      ))}
    </div>
  );
}
