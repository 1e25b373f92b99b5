import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { usageQuery } from '../../api/usage';
import { useClinic, useWords } from '../../app/clinic';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { UsageMeters } from '../../ui/UsageMeters';
import settings from './settings.module.css';

/** What the clinic's plan includes. Nothing is changed here: plans are the platform's. */
export function PlanUsage() {
  const { t } = useWords();
  const clinic = useClinic();
  const usage = useQuery(usageQuery(clinic.id));
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="plan-usage">
      <Section title={t('usage.title')} id="plan-usage" />
      {usage.isPending ? (
        <Skeleton rows={4} />
      ) : usage.isLoadingError ? (
        <LoadError error={usage.error} title={t('usage.error')} retry={() => void usage.refetch()} />
      ) : (
        <>
          <p className={clsx(typography.small, typography.muted)}>
            {usage.data.plan === null ? t('usage.noPlan') : t('usage.plan', { plan: usage.data.plan })}
          </p>
          <UsageMeters usage={usage.data} />
        </>
      )}
    </section>
  );
}
