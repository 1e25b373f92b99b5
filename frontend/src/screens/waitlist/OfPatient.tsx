import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { waitlistOfPatientQuery } from '../../api/agendaQueries';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { whenOf } from './Entry';
import styles from './Waitlist.module.css';

/** What a patient waits for, on their card. */
export function WaitlistOfPatient({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const waiting = useQuery(waitlistOfPatientQuery(clinic.id, patient.id));
  const entries = waiting.data ?? [];
  if (entries.length === 0 && !actions.wait) return null;
  return (
    <div className={styles.ofPatient} data-testid="patient-waitlist">
      <Section title={t('nav.waitlist')} />
      <ul>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.line}>
            {actions.wait ? (
              <Button kind="link" onClick={() => actions.wait?.({ entry })}>
                {entry.healthcareService.name}
              </Button>
            ) : (
              entry.healthcareService.name
            )}
            <p className={clsx(typography.small, typography.muted)}>
              {[entry.practitioner?.name ?? t('find.anybody'), whenOf(entry, t, language) || t('waitlist.whenever')].join(', ')}
            </p>
          </li>
        ))}
      </ul>
      {actions.wait && (
        <Button small kind="quiet" onClick={() => actions.wait?.({ patient })} data-testid="patient-wait">
          <Icon of={IconPlus} />
          {t('waitlist.addPatient')}
        </Button>
      )}
    </div>
  );
}
