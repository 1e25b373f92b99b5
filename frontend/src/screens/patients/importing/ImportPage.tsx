import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../../api/may';
import { patientImportQuery } from '../../../api/queries';
import type { PatientImport } from '../../../api/types';
import { useClinic, useWords } from '../../../app/clinic';
import { NoPermission } from '../../../app/Problems';
import { to } from '../../../app/paths';
import { LoadError, PageHead, Skeleton } from '../../../ui/Page';
import { ColumnsStep } from './ColumnsStep';
import { FileStep } from './FileStep';
import styles from './ImportPage.module.css';
import { PlanStep } from './PlanStep';
import { ResultStep } from './ResultStep';

const steps = ['file', 'columns', 'plan', 'result'] as const;
type Step = (typeof steps)[number];

function stepOf(one: PatientImport | undefined): Step {
  if (!one) return 'file';
  if (one.state === 'uploaded') return 'columns';
  if (one.state === 'checking' || one.state === 'checked' || one.state === 'failed') return 'plan';
  return 'result';
}

/** Patients from a file, in four steps; which import it is stands in the address, so that a reload goes on. */
export function ImportPage() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate();
  const { id } = useSearch({ from: '/c/$clinic/patients/import' });
  const query = useQuery({ ...patientImportQuery(clinic.id, id ?? ''), enabled: id !== undefined });
  const [again, setAgain] = useState(false);
  const one = id === undefined ? undefined : query.data;
  const reached = stepOf(one);
  const step = again && reached === 'plan' ? 'columns' : reached;
  if (!may(clinic, 'import-patients')) return <NoPermission />;
  const head = (
    <PageHead title={t('import.title')} under={t('import.under')} above={<Link {...to.patients(clinic.alias)}>{t('nav.patients')}</Link>} />
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
      <ol className={styles.steps} aria-label={t('import.steps')}>
        {steps.map((each, at) => (
          <li key={each} aria-current={each === step ? 'step' : undefined} data-past={at < steps.indexOf(step) || undefined}>
            <span className={styles.number}>{at + 1}</span>
            <span>{t(`import.step.${each}`)}</span>
          </li>
        ))}
      </ol>
      {step === 'file' && <FileStep onUploaded={(made) => void navigate(to.patientImport(clinic.alias, { id: made.id }))} />}
      {one && step === 'columns' && <ColumnsStep one={one} onBegun={() => setAgain(false)} />}
      {one && step === 'plan' && <PlanStep one={one} onColumns={() => setAgain(true)} />}
      {one && step === 'result' && <ResultStep one={one} />}
    </>
  );
}
