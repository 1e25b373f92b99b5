import { useClinic, useWords } from '../../app/clinic';
import { useDesk } from '../../app/desk';
import { timeOf } from '../../time/clinicTime';
import { VisitStatus } from '../../ui/Status';
import type { NextUp } from './day';

/** Who comes next, practitioner by practitioner. */
export function NextUps({ entries }: { entries: NextUp[] }) {
  const { t } = useWords();
  const clinic = useClinic();
  const desk = useDesk();
  if (entries.length === 0) return null;
  return (
    <div className="nexts" style={{ '--n': Math.min(4, entries.length) } as React.CSSProperties}>
      {entries.map(({ practitioner, current, next }) => (
        <div key={practitioner.id}>
          <span className="small muted el blk">
            {practitioner.displayName}
            {!current && next ? `, ${t('today.free')}` : ''}
          </span>
          {next ? (
            <>
              <button type="button" className="nextname el" onClick={() => desk.show(next.id)}>
                <span className="sr">{t('today.next')} </span>
                {timeOf(next.start, clinic.timeZone)} {next.patient.displayName}
              </button>
              <VisitStatus visit={next} bare />
            </>
          ) : (
            <>
              <span className="nextname el">{current ? current.patient.displayName : t('today.noMore')}</span>
              {current ? <VisitStatus visit={current} bare /> : <span className="small muted">{t('today.noMoreText')}</span>}
            </>
          )}
        </div>
      ))}
    </div>
  );
}
