import { IconKey } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { issueApiClientKey } from '../../api/actions';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import type { ApiClient, ApiClientSecret } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { SelectField } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import lists from '../../ui/lists.module.css';
import { failed } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

/** For how long former keys go on, in hours. */
const overlaps = [0, 24, 168] as const;

/** The keys of a client. A new one is shown once: it is kept by this dialog alone, and gone with it. */
export function ApiClientKeys({ client }: { client: ApiClient }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const queries = useQueryClient();
  const [overlap, setOverlap] = useState<number>(24);
  const [issued, setIssued] = useState<ApiClientSecret | null>(null);
  const issue = useMutation({
    mutationFn: () => issueApiClientKey(clinic.id, client, client.keys.length === 0 ? 0 : overlap),
    gcTime: 0,
    onSuccess: setIssued,
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
    onSettled: () => void queries.invalidateQueries({ queryKey: keys.of(clinic.id, 'api-clients') }),
  });
  return (
    <>
      {client.keys.length > 0 && (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="api-client-keys">
          {client.keys.map((key) => (
            <li key={key.clientId} className={settings.row}>
              <span className={typography.ellipsis}>{key.clientId}</span>
              <span className={clsx(typography.small, typography.muted)}>
                {key.lastUsedAt
                  ? t('apiClients.state.used', { when: relative(key.lastUsedAt, now, language) })
                  : t('apiClients.state.unused')}
              </span>
              <span className={clsx(typography.small, typography.muted)}>
                {key.endsAt ? t('apiClients.ends', { when: relative(key.endsAt, now, language) }) : t('apiClients.current')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {issued ? (
        <section data-testid="api-client-secret">
          <p role="alert">{t('apiClients.once')}</p>
          <CopyLine label="client_id" value={issued.clientId} copied={t('apiClients.copied')} />
          <CopyLine label="client_secret" value={issued.clientSecret} copied={t('apiClients.copied')} />
          <CopyLine label={t('apiClients.tokenUrl')} value={issued.tokenUrl} copied={t('apiClients.copied')} />
        </section>
      ) : (
        <>
          {client.keys.length > 0 && (
            <SelectField
              label={t('apiClients.overlap')}
              hint={t('apiClients.overlapHint')}
              value={overlap}
              onChange={(event) => setOverlap(Number(event.target.value))}
            >
              {overlaps.map((hours) => (
                <option key={hours} value={hours}>
                  {t(`apiClients.overlapOf.${hours}`)}
                </option>
              ))}
            </SelectField>
          )}
          <p>
            <Button kind="primary" disabled={issue.isPending} onClick={() => issue.mutate()} data-testid="issue-key">
              <Icon of={IconKey} />
              {t('apiClients.issue')}
            </Button>
          </p>
        </>
      )}
    </>
  );
}
