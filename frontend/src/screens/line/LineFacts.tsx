import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { organizationQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { cityOf, timeOf } from '../../time/clinicTime';
import { Icon } from '../../ui/Icon';
import { Section } from '../../ui/Page';

/** What the line works with, and what keeps it alive. */
export function LineFacts({ line }: { line: WhatsAppLine }) {
  const { t } = useWords();
  const clinic = useClinic();
  const organization = useQuery(organizationQuery(clinic.id));
  const quiet = organization.data?.quietHours;
  return (
    <aside>
      <Section title={t('line.facts')} />
      <dl className="kv wide">
        <dt>{t('line.profile')}</dt>
        <dd>{line.profileName ?? '—'}</dd>
        <dt>{t('line.waiting')}</dt>
        <dd>{line.waitingMessages > 0 ? t('line.waitingCount', { count: line.waitingMessages }) : t('line.nothingWaiting')}</dd>
        {line.nextAttemptAt && (
          <>
            <dt>{t('line.next')}</dt>
            <dd>{timeOf(line.nextAttemptAt, clinic.timeZone)}</dd>
          </>
        )}
        <dt>{t('settings.quiet')}</dt>
        <dd>
          {quiet
            ? t('line.quiet', { from: quiet.from.slice(0, 5), to: quiet.to.slice(0, 5), city: cityOf(clinic.timeZone) })
            : t('line.noQuiet')}
        </dd>
      </dl>
      <div className="aside-s">
        <Section title={t('line.keep')} />
        <p className="small muted">{t('line.keepText')}</p>
      </div>
      <div className="aside-s">
        <Section title={t('line.riskTitle')} />
        <p className="small">
          <Icon of={IconAlertTriangle} small /> {t('pairing.risk')}
        </p>
      </div>
    </aside>
  );
}
