import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { uploadMedia } from '../../api/actions';
import { locationsQuery, servicesQuery } from '../../api/agendaQueries';
import { flowActions, flowDetails } from '../../api/flowTypes';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';
import type { Of } from './StepForm';
import { TextsGrid, TextsRow } from './TextsGrid';

const speaks: ReadonlySet<string> = new Set(['consent', 'send-place', 'send-file', 'open-ticket']);

/** What the words of a step are said with. */
const saidWith: Record<string, string> = { consent: 'flows.saysMaybe', 'open-ticket': 'flows.saysBefore' };

/** What a step does, and with what. */
export function ActionForm({ document, node, faults, set }: Of<'action'>) {
  const { t } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  const locations = useQuery({ ...locationsQuery(clinic.id), enabled: node.action === 'send-place' });
  return (
    <>
      <div className={styles.side}>
        <SelectField
          label={t('flows.does')}
          value={node.action}
          onChange={(event) => set({ ...node, action: event.target.value as typeof node.action })}
        >
          {flowActions.map((one) => (
            <option key={one} value={one}>
              {t(`flows.action.${one}`)}
            </option>
          ))}
        </SelectField>
        {(node.action === 'book' || node.action === 'join-waitlist') && (
          <SelectField
            label={t('flows.service')}
            value={node.healthcareServiceIds[0] ?? ''}
            onChange={(event) => set({ ...node, healthcareServiceIds: event.target.value ? [event.target.value] : [] })}
          >
            <option value="">{t('flows.anyService')}</option>
            {(services.data ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        {node.action === 'send-place' && (
          <SelectField
            label={t('flows.place')}
            value={node.locationIds[0] ?? ''}
            onChange={(event) => set({ ...node, locationIds: event.target.value ? [event.target.value] : [] })}
          >
            <option value="">{t('flows.mainPlace')}</option>
            {(locations.data ?? []).map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      {speaks.has(node.action) && (
        <TextsGrid languages={document.languages} faults={faults}>
          <TextsRow
            label={t(saidWith[node.action] ?? 'flows.saysWith')}
            value={node.text}
            languages={document.languages}
            onValue={(text) => set({ ...node, text })}
          />
        </TextsGrid>
      )}
      {node.action === 'send-file' && <Files node={node} set={set} />}
      {node.action === 'update-data' && (
        <div className={styles.side}>
          {flowDetails.map((detail) => (
            <SelectField
              key={detail}
              label={t(`flows.detail.${detail}`)}
              value={node.details.find((one) => one.detail === detail)?.answer ?? ''}
              onChange={(event) => {
                const others = node.details.filter((one) => one.detail !== detail);
                set({ ...node, details: event.target.value ? [...others, { detail, answer: event.target.value }] : others });
              }}
            >
              <option value="">{t('flows.notAsked')}</option>
              {document.nodes.map(
                (one) =>
                  one.kind === 'question' && (
                    <option key={one.id} value={one.name}>
                      {t('flows.answerTo', { name: one.name })}
                    </option>
                  ),
              )}
            </SelectField>
          ))}
        </div>
      )}
      {!speaks.has(node.action) && node.action !== 'my-visits' && (
        <p className={clsx(typography.small, typography.muted)}>{t('flows.confirmedFirst')}</p>
      )}
    </>
  );
}

function Files({ node, set }: Pick<Of<'action'>, 'node' | 'set'>) {
  const { t } = useWords();
  const clinic = useClinic();
  const uploading = useMutation({
    mutationFn: async (file: File) => ({
      mediaId: (await uploadMedia(clinic.id, file, crypto.randomUUID())).id,
      name: file.name.slice(0, 200),
    }),
    onSuccess: (file) => set({ ...node, files: [...node.files, file] }),
  });
  return (
    <>
      <ul className={styles.options}>
        {node.files.map((file) => (
          <li key={file.mediaId}>
            <span className={layout.row}>
              <span className={layout.fill}>{file.name}</span>
              <Button kind="quiet" small onClick={() => set({ ...node, files: node.files.filter((one) => one !== file) })}>
                {t('flows.removeFile', { name: file.name })}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {node.files.length < 3 && (
        <TextField
          label={t('flows.addFile')}
          hint={t('flows.addFileHint')}
          type="file"
          accept="image/jpeg,image/png,image/webp,application/pdf"
          disabled={uploading.isPending}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) uploading.mutate(file);
          }}
          data-testid="flow-file"
        />
      )}
      <FormError error={uploading.error} />
    </>
  );
}
