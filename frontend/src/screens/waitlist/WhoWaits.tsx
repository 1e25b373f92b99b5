import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { waitlistMatchesQuery } from '../../api/agendaQueries';
import type { Appointment } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { hourOf, to } from '../../app/paths';

/** Of a cancelled visit that lies ahead: how many wait for its hour, and the way to them. */
export function WhoWaits({ visit }: { visit: Appointment }) {
  const { t } = useWords();
  const clinic = useClinic();
  const hour = hourOf(visit);
  const matches = useQuery(waitlistMatchesQuery(clinic.id, hour));
  if (!matches.data || matches.data.length === 0) return null;
  const { practitionerId: practitioner, locationId: location, ...when } = hour;
  return (
    <p>
      <Link {...to.waitlist(clinic.alias, { practitioner, location, ...when })} data-testid="who-waits">
        {t('waitlist.waiting', { count: matches.data.length })}
      </Link>
    </p>
  );
}
