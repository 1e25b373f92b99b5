import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { type AnyImport, type ImportKind, importQuery, undoImport } from '../../../api/imports';
import { useClinic, useWords } from '../../../app/clinic';
import { to } from '../../../app/paths';
import { Button, buttonLook } from '../../../ui/Button';
import { FormError } from '../../../ui/FormError';
import { Icon } from '../../../ui/Icon';
import layout from '../../../ui/layout.module.css';
import typography from '../../../ui/typography.module.css';
import { Counts } from './Counts';
import styles from './ImportPage.module.css';
import { Progress } from './Progress';
import { Rows } from './Rows';
import { useImportWords } from './words';

/** How far it is, what came of it, and the way back. */
export function ResultStep({ kind, one }: { kind: ImportKind; one: AnyImport }) {
  const { t } = useWords();
  const words = useImportWords(kind);
  const search = kind === 'patients' ? {} : { kind };
  const clinic = useClinic();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const undoing = useMutation({
    mutationFn: () => undoImport(clinic.id, kind, one),
    onSuccess: (begun) => client.setQueryData(importQuery(clinic.id, kind, one.id).queryKey, begun),
  });
  if (one.state === 'importing')
    return (
      <>
        <Progress label={t('import.importing')} done={one.rowsDone} total={one.rowsTotal} />
        <p className={clsx(typography.small, typography.muted, styles.remark)}>{t('import.mayLeave')}</p>
      </>
    );
  if (one.state === 'undoing') return <Progress label={t('import.undoing')} done={one.rowsDone} total={one.created} />;
  const undone = one.state === 'undone';
  return (
    <>
      <h2 className={styles.outcome}>{t(undone ? 'import.isUndone' : 'import.isDone')}</h2>
      <Counts
        items={
          undone
            ? [
                { word: words('count.removed', { count: one.removed }), count: one.removed },
                { word: words('count.kept', { count: one.kept }), count: one.kept },
              ]
            : [
                { word: words('count.created', { count: one.created }), count: one.created },
                ...((one.updated ?? 0) > 0 ? [{ word: words('count.updated', { count: one.updated ?? 0 }), count: one.updated ?? 0 }] : []),
                { word: words('count.there', { count: one.alreadyThere }), count: one.alreadyThere },
                { word: words('count.refused', { count: one.refused }), count: one.refused, alarming: true },
              ]
        }
      />
      {undoing.error ? <FormError error={undoing.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, styles.actions)}>
        <Link className={buttonLook({ kind: 'primary' })} {...(kind === 'patients' ? to.patients(clinic.alias) : to.agenda(clinic.alias))}>
          {words('toList')}
        </Link>
        <Link className={buttonLook()} {...to.patientImport(clinic.alias, search)}>
          {t('import.otherFile')}
        </Link>
        {!undone && one.created > 0 && !sure && (
          <Button kind="quiet" onClick={() => setSure(true)} data-testid="import-undo">
            <Icon of={IconArrowBackUp} />
            {t('import.undo')}
          </Button>
        )}
      </div>
      {!undone && sure && (
        <div className={styles.sure} role="alert">
          <p>{words('undoHint', { count: one.created })}</p>
          <div className={clsx(layout.row, layout.wrap)}>
            <Button kind="danger" disabled={undoing.isPending} onClick={() => undoing.mutate()} data-testid="import-undo-sure">
              {t('import.undoSure')}
            </Button>
            <Button onClick={() => setSure(false)}>{t('action.cancel')}</Button>
          </div>
        </div>
      )}
      {undone && one.kept > 0 && <Rows kind={kind} one={one} outcome="kept" />}
      {!undone && one.refused > 0 && <Rows kind={kind} one={one} outcome="refused" />}
    </>
  );
}
