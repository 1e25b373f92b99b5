import clsx from 'clsx';
import type { CampaignResults } from '../../api/types';
import { useWords } from '../../app/clinic';
import { shortDate } from '../../time/format';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Campaigns.module.css';

const steps = ['recipients', 'sent', 'delivered', 'read', 'answered', 'booked', 'optedOut'] as const;

/** What came of a campaign: bars that carry their numbers, and the days as a table. */
export function Results({ results }: { results: CampaignResults }) {
  const { t, language } = useWords();
  const most = Math.max(1, results.recipients);
  return (
    <div data-testid="campaign-results">
      <Section title={t('campaigns.results')} />
      <dl className={styles.bars}>
        {steps.map((step) => (
          <div key={step} className={styles.bar}>
            <dt>{t(`campaigns.step.${step}`)}</dt>
            <dd>
              <span className={styles.track} aria-hidden="true">
                <span className={styles.fill} style={{ width: `${(100 * results[step]) / most}%` }} />
              </span>
              <b className={typography.strong}>{results[step]}</b>
              <span className={clsx(typography.small, typography.muted)}>
                {step === 'recipients' ? '' : `${Math.round((100 * results[step]) / most)} %`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={clsx(typography.small, typography.muted)}>
        {t('campaigns.counted')} {results.suppressed > 0 && t('campaigns.suppressed', { count: results.suppressed })}{' '}
        {results.failed > 0 && t('campaigns.failed', { count: results.failed })}
      </p>
      {results.days.length > 0 && (
        <>
          <Section title={t('campaigns.byDay')} />
          <table className={styles.days}>
            <thead>
              <tr>
                <th scope="col">{t('campaigns.day')}</th>
                <th scope="col">{t('campaigns.step.sent')}</th>
                <th scope="col">{t('campaigns.step.delivered')}</th>
                <th scope="col">{t('campaigns.step.read')}</th>
              </tr>
            </thead>
            <tbody>
              {results.days.map((day) => (
                <tr key={day.day}>
                  <th scope="row">{shortDate(day.day, language)}</th>
                  <td>{day.sent}</td>
                  <td>{day.delivered}</td>
                  <td>{day.read}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}
