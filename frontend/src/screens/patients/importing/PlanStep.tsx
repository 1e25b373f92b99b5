import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { commitPatientImport } from '../../../api/actions';
import { fieldSentence } from '../../../api/problems';
import { patientImportQuery } from '../../../api/queries';
import type { PatientImport } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Button, buttonLook } from '../../../ui/Button';
import { FormError } from '../../../ui/FormError';
import layout from '../../../ui/layout.module.css';
import problemBox from '../../../ui/problemBox.module.css';
import typography from '../../../ui/typography.module.css';
import { Counts } from './Counts';
import styles from './ImportPage.module.css';
import { Progress } from './Progress';
import { Rows } from './Rows';

/** What would happen, row by row, before anything does. */
export function PlanStep({ one, onColumns }: { one: PatientImport; onColumns: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const committing = useMutation({
    mutationFn: () => commitPatientImport(clinic.id, one),
    onSuccess: (begun) => client.setQueryData(patientImportQuery(clinic.id, one.id).queryKey, begun),
  });
  if (one.state === 'checking') return <Progress label={t('import.checking')} done={one.rowsDone} total={null} />;
  if (one.state === 'failed') {
    return (
      <div className={problemBox.problem} role="alert">
        <b className={typography.strong}>{t('import.failed')}</b>
        <p className={typography.small}>{fieldSentence(one.cause ?? '', t)}</p>
        <Link className={buttonLook({ small: true })} {...to.patientImport(clinic.alias)}>
          {t('import.otherFile')}
        </Link>
      </div>
    );
  }
  const some = one.created + one.updated;
  return (
    <>
      <Counts
        items={[
          { word: t('import.count.created', { count: one.created }), count: one.created },
          ...(one.updateExisting ? [{ word: t('import.count.updated', { count: one.updated }), count: one.updated }] : []),
          { word: t('import.count.there', { count: one.alreadyThere }), count: one.alreadyThere },
          { word: t('import.count.refused', { count: one.refused }), count: one.refused, alarming: true },
        ]}
      />
      <p className={clsx(typography.muted, styles.remark)}>{t(one.refused > 0 ? 'import.planRefused' : 'import.planClean')}</p>
      {committing.error ? <FormError error={committing.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, styles.actions)}>
        <Button
          kind="primary"
          disabled={committing.isPending || some === 0}
          onClick={() => committing.mutate()}
          data-testid="import-commit"
        >
          {t('import.commit', { count: some })}
        </Button>
        <Button onClick={onColumns}>{t('import.backToColumns')}</Button>
        <Link className={buttonLook({ kind: 'quiet' })} {...to.patientImport(clinic.alias)}>
          {t('import.otherFile')}
        </Link>
      </div>
      {one.refused > 0 && <Rows one={one} outcome="refused" />}
      {one.alreadyThere > 0 && <Rows one={one} outcome="already-there" />}
    </>
  );
}
