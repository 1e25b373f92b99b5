import { IconAlertTriangle, IconCircleCheck, IconKey, IconPlugConnected } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Intention } from '../../api/intention';
import { testConnection } from '../../api/lineActions';
import { may } from '../../api/may';
import { credentialsQuery } from '../../api/queries';
import type { LineCredentials, SelfTest, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { CopyLine } from '../../ui/CopyLine';
import { FormError } from '../../ui/FormError';
import { Icon } from '../../ui/Icon';
import { LoadError, Section, Skeleton } from '../../ui/Page';

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
    <section className="aside-s prov" aria-labelledby="provider">
      <Section title={t('provider.title')} id="provider">
        {may(clinic, 'manage-lines') && (
          <button type="button" className="btn sm sp" disabled={testing.isPending} onClick={() => testing.mutate()} data-testid="self-test">
            <Icon of={IconPlugConnected} />
            {t(testing.isPending ? 'provider.testing' : 'provider.test')}
          </button>
        )}
      </Section>
      {!owner ? (
        <p className="small muted">{t('provider.ownersOnly')}</p>
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
    <div className="form">
      <div className="row wrap">
        <span className="small">
          {known.set
            ? known.last4
              ? t('provider.setEnding', { when, last4: known.last4 })
              : t('provider.set', { when })
            : t('provider.missing')}
        </span>
        <button type="button" className={`btn sm sp${known.set ? '' : ' pri'}`} onClick={onEnter} data-testid="enter-credentials">
          <Icon of={IconKey} />
          {t(known.set ? 'provider.replace' : 'provider.enter')}
        </button>
      </div>
      {known.webhookUrl && (
        <>
          <p className="small muted">{t(`provider.webhookText.${line.engine}`)}</p>
          <CopyLine label={t('provider.webhook')} value={known.webhookUrl} copied={t('provider.copied')} />
          {known.fallbackUrl && <CopyLine label={t('provider.fallback')} value={known.fallbackUrl} copied={t('provider.copied')} />}
        </>
      )}
    </div>
  );
}

/** `reminder/es` as people call it. */
function about(occasion: string, t: (key: string) => string): string {
  const [kind, language] = occasion.split('/');
  return `${t(`kind.${kind}`)} (${language})`;
}

function Checks({ result }: { result: SelfTest }) {
  const { t } = useWords();
  return (
    <ul className="ruled lined checks" data-testid="self-test-result">
      {result.checks.map((check) => (
        <li key={`${check.name} ${check.about}`} className="chk">
          <span className={`st bare ${check.ok ? 'ok' : 'no'}`}>
            <Icon of={check.ok ? IconCircleCheck : IconAlertTriangle} small />
            {t(`selfTest.name.${check.name}`, { defaultValue: check.name })}
            {check.about && `: ${about(check.about, t)}`}
          </span>
          <span className="small">{check.ok ? t('selfTest.ok') : t(`selfTest.fix.${check.code}`, { defaultValue: check.fix })}</span>
        </li>
      ))}
    </ul>
  );
}
