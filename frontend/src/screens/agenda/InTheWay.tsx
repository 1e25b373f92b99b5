import { Problem } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import typography from '../../ui/typography.module.css';

/** Who and what is taken at a time that was refused, and from when to when. */
export function InTheWay({ error }: { error: unknown }) {
  const { t } = useWords();
  const { timeZone } = useClinic();
  if (!(error instanceof Problem)) return null;
  if (error.occurrences.length > 0) return <WithoutPlace error={error} />;
  if (error.conflicts.length === 0 && error.holds.length === 0) return null;
  return (
    <ul className={typography.small} data-testid="in-the-way">
      {/* A group is in the way once, however many it is of. */}
      {[
        ...new Set(
          error.conflicts.map(({ actor, start, end }) =>
            t('rooms.taken', { name: actor.name, from: timeOf(start, timeZone), until: timeOf(end, timeZone) }),
          ),
        ),
      ].map((text) => (
        <li key={text}>{text}</li>
      ))}
      {error.holds.map(({ start, expiresAt, heldBy }) => (
        <li key={`${start} ${heldBy}`}>
          {t(heldBy ? 'holds.byColleague' : 'holds.byPatient', { name: heldBy, until: timeOf(expiresAt, timeZone) })}
        </li>
      ))}
    </ul>
  );
}

/** The days of a series that are taken or outside the hours. */
function WithoutPlace({ error }: { error: Problem }) {
  const { t, language } = useWords();
  return (
    <ul className={typography.small} data-testid="without-place">
      {error.occurrences.map(({ local, fitting }) => (
        <li key={local}>
          {shortDate(local.slice(0, 10), language)}, {local.slice(11)}: {t(fitting === 'taken' ? 'series.taken' : 'series.outsideHours')}
        </li>
      ))}
    </ul>
  );
}
