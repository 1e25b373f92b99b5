import { IconAlertTriangle, IconCircleCheck, IconKey, IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useRef } from 'react';
import { Intention } from '../../api/intention';
import { testConnection } from '../../api/lineActions';
import { may } from '../../api/may';
import { credentialsQuery } from '../../api/queries';
import type { LineCredentials, SelfTest, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Provider.module.css';

/** What stands between a provider and the clinic's line: the credentials, the address it calls, and whether all of it works. */
export function Provider({ line, onEnter }: { line: WhatsAppLine; onEnter: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const owner = may(clinic, 'set-credentials');
  const known = useQuery({ ...credentialsQuery(clinic.id, line.id), enabled: owner });
  const intention = useRef(new Intention());
  const testing = useMutation({
    mutationFn: () => intention.current.carryOut({ test: line.id }, (key) => testConnection(clinic.id, line.id, key)),
  });
  return (
    <section className={layout.spaced} aria-labelledby="provider">
      <Section title={t('provider.title')} id="provider">
        {may(clinic, 'manage-lines') && (
          <Button small className={layout.end} disabled={testing.isPending} onClick={() => testing.mutate()} data-testid="self-test">
            <Icon of={IconPlugConnected} />
            {t(testing.isPending ? 'provider.testing' : 'provider.test')}
          </Button>
        )}
      </Section>
      {!owner ? (
        <p className={clsx(typography.small, typography.muted)}>{t('provider.ownersOnly')}</p>
      ) : known.isPending ? (
        <Skeleton rows={2} />
      ) : known.isLoadingError ? (
        <LoadError error={known.error} title={t('provider.error')} retry={() => void known.refetch()} />
      ) : (
        <Known line={line} known={known.data} onEnter={onEnter} />
      )}
      {testing.error ? <FormError error={testing.error} /> : null}
      <div role="status">{testing.data && <Checks result={testing.data} />}</div>
    </section>
  );
}

function Known({ line, known, onEnter }: { line: WhatsAppLine; known: LineCredentials; onEnter: () => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const when = known.setAt ? moment(known.setAt, clinic.timeZone, language) : '';
  return (
    <div className={clsx(forms.form, styles.credentials)}>
      <div className={clsx(layout.row, layout.wrap)}>
        <span className={typography.small}>
          {known.set
            ? known.last4
              ? t('provider.setEnding', { when, last4: known.last4 })
              : t('provider.set', { when })
            : t('provider.missing')}
        </span>
        <Button small kind={known.set ? undefined : 'primary'} className={layout.end} onClick={onEnter} data-testid="enter-credentials">
          <Icon of={IconKey} />
          {t(known.set ? 'provider.replace' : 'provider.enter')}
        </Button>
      </div>
      {known.webhookUrl && (
        <>
          <p className={clsx(typography.small, typography.muted)}>{t(`provider.webhookText.${line.engine}`)}</p>
          <CopyLine label={t('provider.webhook')} value={known.webhookUrl} copied={t('provider.copied')} />
          {known.fallbackUrl && <CopyLine label={t('provider.fallback')} value={known.fallbackUrl} copied={t('provider.copied')} />}
        </>
      )}
    </div>
  );
}

/** `reminder/es` or `reminder/es/confirmed` as people call it. */
function about(occasion: string, t: (key: string) => string): string {
  const [kind, language, confirmed] = occasion.split('/');
  return `${t(`kind.${kind}`)} (${[language, confirmed && t('approved.confirmed')].filter(Boolean).join(', ')})`;
}

function Checks({ result }: { result: SelfTest }) {
  const { t } = useWords();
  return (
    <ul className={clsx(lists.ruled, lists.lined, styles.checks)} data-testid="self-test-result">
      {result.checks.map((check) => (
        <li key={`${check.name} ${check.about}`} className={styles.check}>
          <StatusLabel bare tone={check.ok ? 'ok' : 'no'} icon={check.ok ? IconCircleCheck : IconAlertTriangle}>
            {t(`selfTest.name.${check.name}`, { defaultValue: check.name })}
            {check.about && `: ${about(check.about, t)}`}
          </StatusLabel>
          <span className={typography.small}>
            {check.ok ? t('selfTest.ok') : t(`selfTest.fix.${check.code}`, { defaultValue: check.fix })}
          </span>
        </li>
      ))}
    </ul>
  );
}
