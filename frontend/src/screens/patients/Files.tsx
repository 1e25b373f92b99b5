import { IconFileText, IconPhoto } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { patientFile, patientFilesQuery } from '../../api/patientFiles';
import type { Patient, PatientFile } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Button } from '../../ui/Button';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { Section } from '../../ui/Page';
import { saveFile } from '../../ui/saveFile';
import typography from '../../ui/typography.module.css';
import styles from './PatientPage.module.css';

/** Pictures and documents on the card, to be saved; not there for a patient without any. */
export function Files({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const files = useQuery(patientFilesQuery(clinic.id, patient.id));
  const saving = useMutation({
    mutationFn: async (file: PatientFile) => saveFile(await patientFile(clinic.id, patient.id, file.id), file.name),
  });
  if (!files.data || files.data.length === 0) return null;
  return (
    <div className={styles.section} data-testid="patient-files">
      <Section title={t('files.title')} />
      <ul>
        {files.data.map((file) => (
          <li key={file.id} className={clsx(layout.row, layout.wrap)}>
            <Button
              small
              kind="quiet"
              disabled={saving.isPending}
              aria-label={t('files.save', { name: file.name })}
              onClick={() => saving.mutate(file)}
            >
              <Icon of={file.contentType.startsWith('image/') ? IconPhoto : IconFileText} small />
              {file.name}
            </Button>
            <span className={clsx(typography.small, typography.muted, layout.end)}>
              {dayMonthYear(dateOf(file.at, clinic.timeZone), language)}
            </span>
          </li>
        ))}
      </ul>
      {saving.error ? <FormError error={saving.error} /> : null}
    </div>
  );
}
