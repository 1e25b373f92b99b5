import { IconFileText, IconPaperclip, IconPhoto, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { may } from '../../api/may';
import { attachFile, patientFile, patientFilesQuery, removeFile } from '../../api/patientFiles';
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

/** Pictures and documents on the card: attached, saved and removed. */
export function Files({ patient }: { patient: Patient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const picker = useRef<HTMLInputElement>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const list = patientFilesQuery(clinic.id, patient.id);
  const files = useQuery(list);
  const again = () => client.invalidateQueries({ queryKey: list.queryKey });
  const saving = useMutation({
    mutationFn: async (file: PatientFile) => saveFile(await patientFile(clinic.id, patient.id, file.id), file.name),
  });
  const attaching = useMutation({
    mutationFn: (file: File) => attachFile(clinic.id, patient.id, file, crypto.randomUUID()),
    onSuccess: again,
  });
  const taking = useMutation({
    mutationFn: (file: PatientFile) => removeFile(clinic.id, patient.id, file.id),
    onSettled: () => setRemoving(null),
    onSuccess: again,
  });
  if (!files.data) return null;
  const error = saving.error ?? attaching.error ?? taking.error;
  return (
    <div className={styles.section} data-testid="patient-files">
      <Section title={t('files.title')} />
      {files.data.length === 0 && <p className={clsx(typography.small, typography.muted)}>{t('files.none')}</p>}
      <ul>
        {files.data.map((file) => (
          <li key={file.id} className={clsx(layout.row, removing === file.id && layout.wrap)}>
            <Button
              small
              kind="quiet"
              className={styles.file}
              disabled={saving.isPending}
              aria-label={t('files.save', { name: file.name })}
              onClick={() => saving.mutate(file)}
            >
              <Icon of={file.contentType.startsWith('image/') ? IconPhoto : IconFileText} small />
              <span className={styles.fileName}>{file.name}</span>
            </Button>
            <span className={clsx(typography.small, typography.muted, layout.end, styles.fixed)}>
              {dayMonthYear(dateOf(file.at, clinic.timeZone), language)}
            </span>
            {may(clinic, 'edit-patients') &&
              (removing === file.id ? (
                <>
                  <Button
                    small
                    kind="danger"
                    disabled={taking.isPending}
                    onClick={() => taking.mutate(file)}
                    data-testid="file-remove-sure"
                  >
                    {t('files.sure')}
                  </Button>
                  <Button small onClick={() => setRemoving(null)}>
                    {t('action.cancel')}
                  </Button>
                </>
              ) : (
                <Button
                  small
                  kind="quiet"
                  iconOnly
                  className={styles.fixed}
                  aria-label={t('files.remove', { name: file.name })}
                  onClick={() => setRemoving(file.id)}
                >
                  <Icon of={IconTrash} small />
                </Button>
              ))}
          </li>
        ))}
      </ul>
      <input
        ref={picker}
        type="file"
        className={layout.visuallyHidden}
        tabIndex={-1}
        aria-label={t('files.add')}
        accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
        data-testid="file-pick"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) attaching.mutate(file);
          event.target.value = '';
        }}
      />
      <Button small disabled={attaching.isPending} onClick={() => picker.current?.click()}>
        <Icon of={IconPaperclip} small />
        {t(attaching.isPending ? 'files.adding' : 'files.add')}
      </Button>
      {error ? <FormError error={error} /> : null}
    </div>
  );
}
