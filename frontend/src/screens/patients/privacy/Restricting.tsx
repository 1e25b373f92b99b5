import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { keys } from '../../../api/keys';
import { may } from '../../../api/may';
import { liftRestriction, restrictPatient } from '../../../api/privacyRequests';
import { sentenceFor } from '../../../api/problems';
import { patientQuery } from '../../../api/queries';
import type { Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { dateOf } from '../../../time/clinicTime';
import { dayMonthYear } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextArea } from '../../../ui/Field';
import { SavingForm, useSaving } from '../../../ui/Form';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import { done, failed } from '../../../ui/notices';
import { StatusLabel } from '../../../ui/Status';
import typography from '../../../ui/typography.module.css';
import styles from './Privacy.module.css';

function useChanged() {
  const clinic = useClinic();
  const client = useQueryClient();
  return (saved: Patient) => {
    client.setQueryData(patientQuery(clinic.id, saved.id).queryKey, saved);
    for (const what of ['patients', 'privacy-requests', 'appointments'] as const)
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, what) });
  };
}

/** On top of the card, for everybody who opens it: since when and why nothing is done with it; an owner ends it here. */
export function Restricted({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const changed = useChanged();
  const lifting = useMutation({
    mutationFn: () => liftRestriction(clinic.id, patient),
    onSuccess: (saved) => {
      changed(saved);
      done(t('privacy.lifted'), t('action.close'));
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  if (!patient.restrictedAt) return null;
  return (
    <div className={styles.restricted} data-testid="patient-restricted">
      <div className={layout.fill}>
        <StatusLabel tone="no" icon={IconLock}>
          {t('privacy.restrictedSince', { date: dayMonthYear(dateOf(patient.restrictedAt, clinic.timeZone), language) })}
        </StatusLabel>
        <p className={typography.small}>
          {patient.restrictionReason && <>{patient.restrictionReason}. </>}
          <span className={typography.muted}>{t('privacy.restrictedHint')}</span>
        </p>
      </div>
      {may(clinic, 'restrict-patients') && (
        <Button small disabled={lifting.isPending} onClick={() => lifting.mutate()} data-testid="patient-lift">
          <Icon of={IconLockOpen} small />
          {t('privacy.lift')}
        </Button>
      )}
    </div>
  );
}

/** Begins it. */
export function Restricting({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const [asking, setAsking] = useState(false);
  if (patient.restrictedAt) return null;
  return (
    <div className={styles.erasing}>
      <Button kind="link" className={typography.small} onClick={() => setAsking(true)} data-testid="patient-restrict">
        <Icon of={IconLock} small />
        {t('privacy.restrict')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('privacy.restrict')} under={patient.displayName}>
        {asking && <RestrictForm patient={patient} onClose={() => setAsking(false)} />}
      </Dialog>
    </div>
  );
}

function RestrictForm({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const changed = useChanged();
  const [reason, setReason] = useState('');
  const { saving, refused } = useSaving(
    (said: string) => restrictPatient(clinic.id, patient, said),
    (saved) => {
      changed(saved);
      done(t('privacy.didRestrict'), t('action.close'));
      onClose();
    },
  );
  return (
    <SavingForm saving={saving} body={reason.trim()} submit={t('privacy.restrictDo')} onClose={onClose}>
      <p className={clsx(typography.small, typography.muted)}>{t('privacy.restrictText')}</p>
      <TextArea
        label={t('privacy.restrictReason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        error={refused.reason}
        data-autofocus
        data-testid="restrict-reason"
      />
    </SavingForm>
  );
}
