import clsx from 'clsx';
import { useState } from 'react';
import type { Appointment, Practitioner } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import type { AgendaSearch } from '../../app/paths';
import { dateOf, timeOf, todayIn } from '../../time/clinicTime';
import { longDate } from '../../time/format';
import { Button } from '../../ui/Button';
import lists from '../../ui/lists.module.css';
import { Empty } from '../../ui/Page';
import { VisitStatus } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './VisitList.module.css';

interface Props {
  visits: Appointment[];
  practitioner: Practitioner | null;
  only: AgendaSearch['only'];
}

/** Many days as a list: one ruled block per day that has visits. */
export function VisitList({ visits, practitioner, only }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const shown = practitioner ? visits.filter((visit) => visit.practitioner.id === practitioner.id) : visits;
  const days = Map.groupBy(shown, (visit) => dateOf(visit.start, clinic.timeZone));
  const today = todayIn(clinic.timeZone);
  const [unfolded, setUnfolded] = useState(false);
  // The present is on top: earlier days of a range that reaches beyond today fold away.
  const dates = [...days.keys()];
  const folded = unfolded || !dates.some((date) => date >= today) ? 0 : dates.filter((date) => date < today).length;
  if (shown.length === 0) {
    return <Empty art={only === 'waiting' ? 'spike' : 'pad'} title={t('agenda.emptyRange')} text={t('agenda.emptyRangeText')} />;
  }
  return (
    <div className={styles.days}>
      {folded > 0 && (
        <Button kind="link" className={clsx(typography.small, styles.earlier)} onClick={() => setUnfolded(true)}>
          {t('agenda.earlierDays', { count: folded })}
        </Button>
      )}
      {[...days].slice(folded).map(([date, theirs]) => (
        <section key={date} className={styles.day} aria-label={longDate(date, language)} data-testid="agenda-day">
          <h2 className={date === today ? styles.today : undefined}>
            {longDate(date, language)}
            <span className={clsx(typography.small, typography.muted)}> {t('agenda.count', { count: theirs.length })}</span>
          </h2>
          <ul className={lists.ruled}>
            {theirs.map((visit) => (
              <li key={visit.id}>
                <button type="button" className={lists.row} onClick={() => actions.show(visit.id)} data-testid={`appointment-${visit.id}`}>
                  <span className={typography.strong}>{timeOf(visit.start, clinic.timeZone)}</span>
                  <span className={clsx(typography.strong, typography.ellipsis)}>{visit.patient.displayName}</span>
                  <span
                    className={clsx(typography.small, typography.muted, typography.ellipsis, styles.service)}
                    data-testid="visit-service"
                  >
                    {visit.healthcareService.name} · {visit.practitioner.displayName}
                    {visit.deposit?.state === 'due' && ` · ${t('deposits.dueShort')}`}
                  </span>
                  <VisitStatus visit={visit} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
