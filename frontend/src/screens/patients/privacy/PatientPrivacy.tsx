import { IconDownload, IconFileDescription } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { may } from '../../../api/may';
import { exportPersonalData, privacyRequestsOfPatientQuery } from '../../../api/privacyRequests';
import { sentenceFor } from '../../../api/problems';
import type { Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import { failed } from '../../../ui/notices';
import { Section } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import { Erasing } from './Erasing';
import styles from './Privacy.module.css';
import { RequestForm } from './RequestForm';
import { Restricting } from './Restricting';
import { RequestStatus } from './requests';

/** On a card: what the patient asked about their data, the copy of it, and who looked. */
export function PatientPrivacy({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const clinic = useClinic();
  const requests = useQuery(privacyRequestsOfPatientQuery(clinic.id, patient.id));
  const [noting, setNoting] = useState(false);
  const copying = useMutation({
    mutationFn: () => exportPersonalData(clinic.id, patient.id),
    onSuccess: (file) => {
      const address = URL.createObjectURL(file);
      const link = document.createElement('a');
      link.href = address;
      link.download = t('privacy.fileName');
      link.click();
      URL.revokeObjectURL(address);
    },
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  return (
    <div className={styles.ofPatient} data-testid="patient-privacy">
      <Section title={t('reads.section')} />
      {(requests.data?.length ?? 0) > 0 && (
        <ul className={styles.asked}>
          {requests.data?.map((request) => (
            <li key={request.id}>
              <Link {...to.privacyRequests(clinic.alias)}>{t(`privacy.kind.${request.kind}`)}</Link>
              <div>
                <RequestStatus request={request} />
              </div>
            </li>
          ))}
        </ul>
      )}
      <div className={clsx(layout.row, layout.wrap)}>
        <Button small onClick={() => setNoting(true)} data-testid="request-note">
          <Icon of={IconFileDescription} small />
          {t('privacy.noteOne')}
        </Button>
        {may(clinic, 'export-personal-data') && (
          <Button small disabled={copying.isPending} onClick={() => copying.mutate()} data-testid="personal-data">
            <Icon of={IconDownload} small />
            {t('privacy.copy')}
          </Button>
        )}
      </div>
      {may(clinic, 'see-patient-reads') && (
        <p className={clsx(typography.small, styles.readsLink)}>
          <Link {...to.patientReads(clinic.alias, { patient: patient.id })} data-testid="patient-reads-open">
            {t('reads.open')}
          </Link>
        </p>
      )}
      {may(clinic, 'restrict-patients') && <Restricting patient={patient} />}
      {may(clinic, 'erase-patients') && <Erasing patient={patient} />}
      <Dialog opened={noting} onClose={() => setNoting(false)} title={t('privacy.noteTitle')} under={patient.displayName}>
        {noting && <RequestForm patient={patient} onClose={() => setNoting(false)} />}
      </Dialog>
    </div>
  );
}
