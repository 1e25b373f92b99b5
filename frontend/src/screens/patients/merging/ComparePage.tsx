import { IconArrowsExchange, IconArrowsJoin2, IconVersions } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { Intention } from '../../../api/intention';
import { keys } from '../../../api/keys';
import { mergePatients, mergePreviewQuery } from '../../../api/patientMerges';
import { hasCode, isStale } from '../../../api/problems';
import { patientQuery } from '../../../api/queries';
import type { CustomField, MergeField, MergePreview, Patient } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { languageNames } from '../../../i18n';
import { dayMonthYear } from '../../../time/format';
import { Button } from '../../../ui/Button';
import { FormError } from '../../../ui/FormError';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import { done } from '../../../ui/notices';
import { LoadError, PageHead, Skeleton } from '../../../ui/Page';
import { phoneText } from '../../../ui/phone';
import problemBox from '../../../ui/problemBox.module.css';
import typography from '../../../ui/typography.module.css';
import { useCustomFields, useSaid } from '../../customfields/useCustomFields';
import styles from './Merging.module.css';
import { ReplacedPatient } from './ReplacedPatient';
import { useUndoMerge } from './useUndoMerge';

const FIELDS: MergeField[] = ['given-name', 'family-name', 'phone', 'birth-date', 'identifiers', 'gender', 'email', 'language', 'notes'];

/** Two cards side by side: which one stays, and where they differ, what. */
export function ComparePage({ survivorId, replacedId }: { survivorId: string; replacedId: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  const preview = useQuery(mergePreviewQuery(clinic.id, survivorId, replacedId));
  const head = (
    <PageHead
      title={t('merging.title')}
      under={t('merging.compareUnder')}
      above={<Link {...to.patientPairs(clinic.alias)}>{t('merging.open')}</Link>}
    />
  );
  if (preview.data) {
    return (
      <>
        {head}
        <Cards preview={preview.data} read={() => void preview.refetch()} />
      </>
    );
  }
  return (
    <>
      {head}
      {hasCode(preview.error, 'patient-replaced') ? (
        <ReplacedPatient error={preview.error} />
      ) : preview.isLoadingError ? (
        <LoadError error={preview.error} title={t('merging.error')} retry={() => void preview.refetch()} />
      ) : (
        <Skeleton rows={9} />
      )}
    </>
  );
}

function Cards({ preview, read }: { preview: MergePreview; read: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const undo = useUndoMerge();
  const intention = useRef(new Intention());
  const ownFields = useCustomFields('patient');
  const [take, setTake] = useState<ReadonlySet<MergeField>>(new Set());
  const [takeOwn, setTakeOwn] = useState<ReadonlySet<string>>(new Set());
  const { survivor, replaced, differing, differingCustomFields } = preview;
  const merging = useMutation({
    mutationFn: () => {
      const taken = FIELDS.filter((field) => take.has(field) && differing.includes(field));
      const own = differingCustomFields.filter((key) => takeOwn.has(key));
      const meant = { survivor: survivor.version, replaced: replaced.version, taken, own };
      return intention.current.carryOut(meant, (key) => mergePatients(clinic.id, survivor, replaced, taken, own, key));
    },
    onSuccess: (merged) => {
      client.setQueryData(patientQuery(clinic.id, merged.patient.id).queryKey, merged.patient);
      client.removeQueries({ queryKey: patientQuery(clinic.id, merged.merge.replacedId).queryKey });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'patients') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'appointments') });
      done(t('merging.didMerge'), t('action.close'), {
        label: t('merging.undo'),
        run: () => undo.mutate({ seen: merged.patient, mergeId: merged.merge.id }),
      });
      void navigate(to.patient(clinic.alias, merged.patient.id));
    },
    onError: (error) => {
      if (isStale(error)) read();
    },
  });
  return (
    <>
      {isStale(merging.error) && (
        <section className={problemBox.problem} role="alert">
          <div className={layout.row}>
            <span className={problemBox.icon}>
              <Icon of={IconVersions} />
            </span>
            <b className={typography.strong}>{t('merging.stale')}</b>
          </div>
          <p className={clsx(typography.small, typography.muted)}>{t('merging.staleText')}</p>
        </section>
      )}
      <table className={styles.cards} data-testid="merge-cards">
        <thead>
          <tr>
            <td />
            {[survivor, replaced].map((patient) => (
              <th key={patient.id} scope="col">
                <span className={clsx(typography.small, typography.muted)}>
                  {t(patient === survivor ? 'merging.survivor' : 'merging.replaced')}
                </span>
                <span className={styles.name}>{patient.displayName}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIELDS.map((field) => (
            <FieldRow
              key={field}
              field={field}
              preview={preview}
              others={take.has(field)}
              choose={(others) => setTake((before) => toggled(before, field, others))}
            />
          ))}
          {ownFields.map((field) => (
            <OwnFieldRow
              key={field.id}
              field={field}
              preview={preview}
              others={takeOwn.has(field.key)}
              choose={(others) => setTakeOwn((before) => toggled(before, field.key, others))}
            />
          ))}
        </tbody>
      </table>
      {differing.length + differingCustomFields.length > 0 && (
        <p className={clsx(typography.small, typography.muted)}>{t('merging.differs')}</p>
      )}
      <div className={styles.outcome}>
        {preview.following.length === 0 ? (
          <p>{t('merging.followsNothing')}</p>
        ) : (
          <p>
            {t('merging.follows')}{' '}
            <b className={typography.strong}>
              {preview.following.map(({ kind, count }) => t(`merging.following.${kind}`, { count })).join(', ')}
            </b>
          </p>
        )}
        {preview.messaging === 'opted-out' && <p>{t('merging.stopped')}</p>}
        {preview.messaging !== 'opted-out' && preview.marketing === 'opted-out' && <p>{t('merging.noMarketing')}</p>}
      </div>
      {merging.error && !isStale(merging.error) ? <FormError error={merging.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, layout.spaced)}>
        <Button kind="primary" disabled={merging.isPending} onClick={() => merging.mutate()} data-testid="merge">
          <Icon of={IconArrowsJoin2} />
          {t('merging.merge')}
        </Button>
        <Button
          onClick={() => void navigate(to.patientPairs(clinic.alias, { one: replaced.id, other: survivor.id }))}
          disabled={merging.isPending}
          data-testid="merge-swap"
        >
          <Icon of={IconArrowsExchange} />
          {t('merging.swap')}
        </Button>
      </div>
    </>
  );
}

function toggled<One>(before: ReadonlySet<One>, one: One, there: boolean): ReadonlySet<One> {
  const after = new Set(before);
  if (there) after.add(one);
  else after.delete(one);
  return after;
}

function OwnFieldRow(props: { field: CustomField; preview: MergePreview; others: boolean; choose: (others: boolean) => void }) {
  const { field, preview, others, choose } = props;
  const said = useSaid();
  const texts = [preview.survivor, preview.replaced].map((patient) => {
    const written = patient.customFields.find((one) => one.key === field.key);
    return written ? said(field, written.value) : '';
  });
  const differs = preview.differingCustomFields.includes(field.key);
  return <Row name={`custom-${field.key}`} label={field.label} texts={texts} differs={differs} others={others} choose={choose} />;
}

function FieldRow(props: { field: MergeField; preview: MergePreview; others: boolean; choose: (others: boolean) => void }) {
  const { t, language } = useWords();
  const { field, preview, others, choose } = props;
  const label = t(`merging.field.${field}`);
  const texts = [preview.survivor, preview.replaced].map((patient) => textOf(field, patient, t, language));
  const differs = preview.differing.includes(field);
  return <Row name={field} label={label} texts={texts} differs={differs} others={others} choose={choose} />;
}

interface RowProps {
  /** Of the row among all, for the choice in it. */
  name: string;
  label: string;
  /** What the survivor's card says and what the other one does; empty for nothing. */
  texts: string[];
  differs: boolean;
  others: boolean;
  choose: (others: boolean) => void;
}

/** What both cards say of one thing, and which of it stays. */
function Row({ name, label, texts, differs, others, choose }: RowProps) {
  const { t } = useWords();
  // What only one of them says stays, whichever it is.
  const kept = differs ? (others ? 1 : 0) : texts[0] ? 0 : 1;
  if (!texts[0] && !texts[1]) return null;
  return (
    <tr data-testid={`merge-${name}`}>
      <th scope="row">{label}</th>
      {texts.map((text, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the left and the right card
        <td key={at} className={clsx((differs || !texts[0]) && kept === at && styles.kept)}>
          {differs ? (
            <label className={styles.choice}>
              <input
                type="radio"
                name={name}
                aria-label={`${t('merging.choose', { field: label })}: ${text}`}
                checked={kept === at}
                onChange={() => choose(at === 1)}
              />
              <span className={typography.preLine}>{text}</span>
            </label>
          ) : (
            <span className={clsx(typography.preLine, !text && typography.muted)}>{text || t('merging.nothing')}</span>
          )}
        </td>
      ))}
    </tr>
  );
}

function textOf(field: MergeField, patient: Patient, t: (key: string) => string, language: string): string {
  switch (field) {
    case 'given-name':
      return patient.givenName ?? '';
    case 'family-name':
      return patient.familyName ?? '';
    case 'phone':
      return patient.phone ? phoneText(patient.phone) : '';
    case 'birth-date':
      return patient.birthDate ? dayMonthYear(patient.birthDate, language) : '';
    case 'identifiers':
      return patient.identifiers.map((paper) => `${t(`person.kind.${paper.kind}`)} ${paper.formatted}`).join('\n');
    case 'gender':
      return patient.gender ? t(`person.gender-${patient.gender}`) : '';
    case 'email':
      return patient.email ?? '';
    case 'language':
      return languageNames[patient.language];
    case 'notes':
      return patient.notes ?? '';
  }
}
