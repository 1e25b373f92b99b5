import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { type AnyImport, type ImportKind, importQuery, importsQuery, uploadImport } from '../../../api/imports';
import { Intention } from '../../../api/intention';
import { fieldSentences } from '../../../api/problems';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { dateOf, timeOf } from '../../../time/clinicTime';
import { shortDate } from '../../../time/format';
import { buttonLook } from '../../../ui/Button';
import { FormError } from '../../../ui/FormError';
import { Icon } from '../../../ui/Icon';
import lists from '../../../ui/lists.module.css';
import { Section } from '../../../ui/Page';
import typography from '../../../ui/typography.module.css';
import styles from './ImportPage.module.css';
import { useImportWords } from './words';

/** The file is chosen or dropped; what it is, the server finds out. */
export function FileStep({ kind, onUploaded }: { kind: ImportKind; onUploaded: (made: AnyImport) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const [over, setOver] = useState(false);
  const intention = useRef(new Intention());
  const uploading = useMutation({
    mutationFn: (file: File) =>
      intention.current.carryOut({ kind, name: file.name, size: file.size, at: file.lastModified }, (key) =>
        uploadImport(clinic.id, kind, file, key),
      ),
    onSuccess: (made) => {
      client.setQueryData(importQuery(clinic.id, kind, made.id).queryKey, made);
      onUploaded(made);
    },
  });
  const why = fieldSentences(uploading.error, t).file;
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) uploading.mutate(file);
  };
  return (
    <>
      <label
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <Icon of={IconFileSpreadsheet} />
        <span className={buttonLook()}>{t(uploading.isPending ? 'import.uploading' : 'import.choose')}</span>
        <span className={clsx(typography.small, typography.muted)}>{t('import.kinds')}</span>
        <input
          type="file"
          accept=".csv,.txt,.tsv,.xlsx"
          disabled={uploading.isPending}
          data-testid="import-file"
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
      </label>
      {uploading.error ? <FormError error={uploading.error}>{why && <p className={typography.small}>{why}</p>}</FormError> : null}
      <p className={clsx(typography.small, typography.muted, styles.remark)}>{t('import.privacy')}</p>
      <Earlier kind={kind} />
    </>
  );
}

/** Imports of before, to go on with one or to undo it. */
function Earlier({ kind }: { kind: ImportKind }) {
  const { t, language } = useWords();
  const words = useImportWords(kind);
  const clinic = useClinic();
  const imports = useQuery(importsQuery(clinic.id, kind));
  if (!imports.data || imports.data.length === 0) return null;
  return (
    <section className={styles.earlier}>
      <Section title={t('import.earlier')} />
      <ul className={lists.ruled}>
        {imports.data.map((one) => (
          <li key={one.id}>
            <Link
              className={styles.earlierRow}
              {...to.patientImport(clinic.alias, { id: one.id, ...(kind === 'patients' ? {} : { kind }) })}
            >
              <b className={typography.strong}>
                {shortDate(dateOf(one.createdAt, clinic.timeZone), language)}, {timeOf(one.createdAt, clinic.timeZone)}
              </b>
              <span>{t(`import.state.${one.state}`)}</span>
              <span className={clsx(typography.small, typography.muted)}>
                {one.created > 0 && words('newRecords', { count: one.created })}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
