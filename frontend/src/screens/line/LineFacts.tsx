import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { organizationQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { cityOf, dateOf, timeOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import facts from '../../ui/facts.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';

/** What the line works with, and what keeps it alive. */
export function LineFacts({ line }: { line: WhatsAppLine }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const organization = useQuery(organizationQuery(clinic.id));
  const quiet = organization.data?.quietHours;
  return (
    <aside>
      <Section title={t('line.facts')} />
      <dl className={clsx(facts.facts, facts.wide)}>
        <dt>{t('line.profile')}</dt>
        <dd>{line.profileName ?? '—'}</dd>
        {line.platform && (
          <>
            <dt>{t('line.system')}</dt>
            <dd>{systemName(line.platform)}</dd>
          </>
        )}
        <dt>{t('line.kindIs')}</dt>
        <dd>{t(`engine.${line.engine}`)}</dd>
        {line.capabilities.typing && (
          <>
            <dt>{t('line.pace')}</dt>
            <dd>{t(line.typing ? 'line.paceHuman' : 'line.paceFast')}</dd>
          </>
        )}
        {line.defaultLine && (
          <>
            <dt>{t('line.waiting')}</dt>
            <dd>{line.waitingMessages > 0 ? t('line.waitingCount', { count: line.waitingMessages }) : t('line.nothingWaiting')}</dd>
          </>
        )}
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
      {line.warmUp && (
        <div className={layout.spaced} data-testid="line-warm-up">
          <Section title={t('line.warmUpTitle')} />
          <p className={typography.small}>{t('line.warmUp', { day: line.warmUp.day, count: line.warmUp.perDay })}</p>
          <p className={clsx(typography.small, typography.muted)}>
            {t('line.warmUpText', { date: dayMonthYear(dateOf(line.warmUp.until, clinic.timeZone), language) })}
          </p>
        </div>
      )}
      {line.capabilities.qr ? (
        <>
          <div className={layout.spaced}>
            <Section title={t('line.keep')} />
            <p className={clsx(typography.small, typography.muted)}>{t('line.keepText')}</p>
          </div>
          <div className={layout.spaced}>
            <Section title={t('line.riskTitle')} />
            <p className={typography.small}>
              <Icon of={IconAlertTriangle} small /> {t('pairing.risk')}
            </p>
          </div>
        </>
      ) : (
        (line.capabilities.window24h || line.capabilities.templates) && (
          <div className={layout.spaced}>
            <Section title={t('line.riskTitle')} />
            <p className={typography.small}>
              <Icon of={IconAlertTriangle} small /> {t('line.windowText')}
            </p>
          </div>
        )
      )}
    </aside>
  );
}

/** WhatsApp's own words for systems people know by another name; others are shown as they are. */
const systems: Record<string, string> = {
  android: 'Android',
  smba: 'Android, WhatsApp Business',
  iphone: 'iPhone',
  smbi: 'iPhone, WhatsApp Business',
};
const systemName = (platform: string): string => systems[platform] ?? platform;
