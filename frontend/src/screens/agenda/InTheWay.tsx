import { Problem } from '../../api/problems';
import { useClinic, useWords } from '../../app/clinic';
import { timeOf } from '../../time/clinicTime';
import typography from '../../ui/typography.module.css';

/** Who and what is taken at a time that was refused, and from when to when. */
export function InTheWay({ error }: { error: unknown }) {
  const { t } = useWords();
  const { timeZone } = useClinic();
  if (!(error instanceof Problem) || error.conflicts.length === 0) return null;
  return (
    <ul className={typography.small} data-testid="in-the-way">
      {error.conflicts.map(({ appointmentId, actor, start, end }) => (
        <li key={`${appointmentId} ${actor.id}`}>
          {t('rooms.taken', { name: actor.name, from: timeOf(start, timeZone), until: timeOf(end, timeZone) })}
        </li>
      ))}
    </ul>
  );
}
