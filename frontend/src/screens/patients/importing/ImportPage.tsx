import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { type AnyImport, type ImportKind, importQuery } from '../../../api/imports';
import { may } from '../../../api/may';
import { useClinic, useWords } from '../../../app/clinic';
import { NoPermission } from '../../../app/Problems';
import { to } from '../../../app/paths';
import chips from '../../../ui/chips.module.css';
import { LoadError, PageHead, Skeleton } from '../../../ui/Page';
import { ColumnsStep } from './ColumnsStep';
import { FileStep } from './FileStep';
import styles from './ImportPage.module.css';
import { PlanStep } from './PlanStep';
import { ResultStep } from './ResultStep';
import { VisitColumnsStep } from './VisitColumnsStep';
import { useImportWords } from './words';

const steps = ['file', 'columns', 'plan', 'result'] as const;
type Step = (typeof steps)[number];

function stepOf(one: AnyImport | undefined): Step {
  if (!one) return 'file';
  if (one.state === 'uploaded') return 'columns';
  if (one.state === 'checking' || one.state === 'checked' || one.state === 'failed') return 'plan';
  return 'result';
}

/** Patients or visits from a file, in four steps; which import it is stands in the address, so that a reload goes on. */
export function ImportPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate();
  const { id, kind: other } = useSearch({ from: '/c/$clinic/patients/import' });
  const kind: ImportKind = other ?? 'patients';
  const words = useImportWords(kind);
  const query = useQuery({ ...importQuery(clinic.id, kind, id ?? ''), enabled: id !== undefined });
  const [again, setAgain] = useState(false);
  const one = id === undefined ? undefined : query.data;
  const reached = stepOf(one);
  const step = again && reached === 'plan' ? 'columns' : reached;
  if (!may(clinic, 'import-patients')) return <NoPermission />;
  const head = (
    <PageHead title={words('title')} under={words('under')} above={<Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>} />
  );
  if (id !== undefined && !one) {
    return (
      <>
        {head}
        {query.isLoadingError ? (
          <LoadError error={query.error} title={t('import.error')} retry={() => void query.refetch()} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  }
  return (
    <>
      {head}
      {step === 'file' && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same
        <div className={styles.kinds} role="group" aria-label={t('visitImport.kind')}>
          {(['patients', 'appointments'] as const).map((each) => (
            <button
              key={each}
              type="button"
              className={chips.chip}
              aria-pressed={each === kind}
              data-testid={`import-kind-${each}`}
              onClick={() => void navigate(to.patientImport(clinic.alias, each === 'patients' ? {} : { kind: each }))}
            >
              {t(each === 'patients' ? 'nav.patients' : 'visitImport.visits')}
            </button>
          ))}
        </div>
      )}
      <ol className={styles.steps} aria-label={t('import.steps')}>
        {steps.map((each, at) => (
          <li key={each} aria-current={each === step ? 'step' : undefined} data-past={at < steps.indexOf(step) || undefined}>
            <span className={styles.number}>{at + 1}</span>
            <span>{t(`import.step.${each}`)}</span>
          </li>
        ))}
      </ol>
      {step === 'file' && (
        <FileStep kind={kind} onUploaded={(made) => void navigate(to.patientImport(clinic.alias, { id: made.id, kind: other }))} />
      )}
      {one &&
        step === 'columns' &&
        (kind === 'patients' ? (
          <ColumnsStep one={one} onBegun={() => setAgain(false)} />
        ) : (
          <VisitColumnsStep one={one} onBegun={() => setAgain(false)} />
        ))}
      {one && step === 'plan' && <PlanStep kind={kind} one={one} onColumns={() => setAgain(true)} />}
      {one && step === 'result' && <ResultStep kind={kind} one={one} />}
    </>
  );
}
