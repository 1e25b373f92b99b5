import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Section } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { useOverdue } from '../patients/privacy/useOverdue';
import settings from './settings.module.css';

/** What an owner answers for to patients and authorities; the lists have pages of their own. */
export function PrivacyLinks() {
  const { t } = useWords();
  const clinic = useClinic();
  const overdue = useOverdue();
  return (
    <section className={clsx(settings.form, settings.hold)} aria-labelledby="privacy">
      <Section title={t('reads.section')} id="privacy" />
      <p className={settings.linked}>
        <Link {...to.privacyRequests(clinic.alias)} data-testid="all-requests-open">
          {t('privacy.openAll')}
        </Link>
        {overdue > 0 && (
          <>
            {' '}
            <StatusLabel tone="no" icon={IconAlertTriangle}>
              {t('privacy.overdueCount', { count: overdue })}
            </StatusLabel>
          </>
        )}
        <span className={clsx(typography.small, typography.muted, typography.block)}>{t('privacy.openAllHint')}</span>
      </p>
      <p className={settings.linked}>
        <Link {...to.patientReads(clinic.alias)} data-testid="all-reads-open">
          {t('reads.openAll')}
        </Link>
        <span className={clsx(typography.small, typography.muted, typography.block)}>{t('reads.openAllHint')}</span>
      </p>
      <p className={settings.linked}>
        <Link {...to.audit(clinic.alias)} data-testid="audit-open">
          {t('audit.title')}
        </Link>
        <span className={clsx(typography.small, typography.muted, typography.block)}>{t('audit.openHint')}</span>
      </p>
    </section>
  );
}
