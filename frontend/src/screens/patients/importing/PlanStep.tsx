import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { type AnyImport, commitImport, type ImportKind, importQuery } from '../../../api/imports';
import { fieldSentence } from '../../../api/problems';
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
import { useImportWords } from './words';

/** What would happen, row by row, before anything does. */
export function PlanStep({ kind, one, onColumns }: { kind: ImportKind; one: AnyImport; onColumns: () => void }) {
  const { t } = useWords();
  const words = useImportWords(kind);
  const search = kind === 'patients' ? {} : { kind };
  const clinic = useClinic();
  const client = useQueryClient();
  const committing = useMutation({
    mutationFn: () => commitImport(clinic.id, kind, one),
    onSuccess: (begun) => client.setQueryData(importQuery(clinic.id, kind, one.id).queryKey, begun),
  });
  if (one.state === 'checking') return <Progress label={t('import.checking')} done={one.rowsDone} total={null} />;
  if (one.state === 'failed') {
    return (
      <div className={problemBox.problem} role="alert">
        <b className={typography.strong}>{t('import.failed')}</b>
        <p className={typography.small}>{fieldSentence(one.cause ?? '', t)}</p>
        <Link className={buttonLook({ small: true })} {...to.patientImport(clinic.alias, search)}>
          {t('import.otherFile')}
        </Link>
      </div>
    );
  }
  const some = one.created + (one.updated ?? 0);
  return (
    <>
      <Counts
        items={[
          { word: words('count.created', { count: one.created }), count: one.created },
          ...(one.updateExisting ? [{ word: words('count.updated', { count: one.updated ?? 0 }), count: one.updated ?? 0 }] : []),
          { word: words('count.there', { count: one.alreadyThere }), count: one.alreadyThere },
          { word: words('count.refused', { count: one.refused }), count: one.refused, alarming: true },
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
          {words('commit', { count: some })}
        </Button>
        <Button onClick={onColumns}>{t('import.backToColumns')}</Button>
        <Link className={buttonLook({ kind: 'quiet' })} {...to.patientImport(clinic.alias, search)}>
          {t('import.otherFile')}
        </Link>
      </div>
      {one.refused > 0 && <Rows kind={kind} one={one} outcome="refused" />}
      {one.alreadyThere > 0 && <Rows kind={kind} one={one} outcome="already-there" />}
    </>
  );
}
