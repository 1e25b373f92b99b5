import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { apiClientsQuery } from '../../api/queries';
import type { ApiClient } from '../../api/types';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { ApiClientForm } from './ApiClientForm';
import { ApiClientKeys } from './ApiClientKeys';
import settings from './settings.module.css';

type Open = { form: ApiClient | null } | { keys: string } | null;

/** Programs that call the API for the clinic. */
export function ApiClients() {
  const { t } = useWords();
  const clinic = useClinic();
  const clients = useQuery(apiClientsQuery(clinic.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const shown = open && 'keys' in open ? clients.data?.find((one) => one.id === open.keys) : undefined;
  const button = (
    <Button kind="primary" onClick={() => setOpen({ form: null })} data-testid="new-api-client">
      <Icon of={IconPlus} />
      {t('apiClients.add')}
    </Button>
  );
  return (
    <div className={settings.list}>
      {clients.isPending ? (
        <Skeleton rows={3} />
      ) : clients.isLoadingError ? (
        <LoadError error={clients.error} title={t('settings.error')} retry={() => void clients.refetch()} />
      ) : clients.data.length === 0 ? (
        <Empty title={t('apiClients.empty')} text={t('apiClients.emptyText')}>
          {button}
        </Empty>
      ) : (
        <>
          <Section title={t('apiClients.title')}>
            <span className={layout.end}>{button}</span>
          </Section>
          <p className={clsx(typography.small, typography.muted, settings.about)}>{t('apiClients.hint')}</p>
          <ul className={clsx(lists.ruled, lists.lined)} data-testid="api-clients">
            {clients.data.map((one) => (
              <Row key={one.id} client={one} onChange={() => setOpen({ form: one })} onKeys={() => setOpen({ keys: one.id })} />
            ))}
          </ul>
        </>
      )}
      <Dialog
        opened={open !== null && 'form' in open}
        onClose={close}
        title={open && 'form' in open && open.form ? t('settings.changeName', { name: open.form.name }) : t('apiClients.add')}
      >
        {open && 'form' in open && (
          <ApiClientForm
            changed={open.form}
            onClose={close}
            // Without a key it can do nothing: the next step is at hand.
            onAdded={(added) => setOpen({ keys: added.id })}
          />
        )}
      </Dialog>
      <Dialog opened={shown !== undefined} onClose={close} size="wide" title={shown ? t('apiClients.keysOf', { name: shown.name }) : ''}>
        {shown && <ApiClientKeys client={shown} />}
      </Dialog>
    </div>
  );
}

function Row({ client, onChange, onKeys }: { client: ApiClient; onChange: () => void; onKeys: () => void }) {
  const { t } = useWords();
  return (
    <li className={settings.row}>
      <span>
        <b className={typography.strong}>{client.name}</b>
        <br />
        <span className={clsx(typography.small, typography.muted)}>{t('apiClients.count', { count: client.scopes.length })}</span>
      </span>
      <span>
        <State client={client} />
      </span>
      <span className={clsx(layout.row, settings.rowEnd)}>
        <Button kind="quiet" small onClick={onKeys} aria-label={t('apiClients.keysOf', { name: client.name })}>
          {t('apiClients.keys')}
        </Button>
        <Button kind="quiet" small onClick={onChange} aria-label={t('settings.changeName', { name: client.name })}>
          {t('settings.change')}
        </Button>
      </span>
    </li>
  );
}

function State({ client }: { client: ApiClient }) {
  const { t, language } = useWords();
  const now = useNow();
  const used = client.keys
    .map((key) => key.lastUsedAt)
    .filter((at) => at !== null)
    .sort()
    .at(-1);
  if (client.expiresAt && client.expiresAt <= now) return <StatusLabel tone="fail">{t('apiClients.state.expired')}</StatusLabel>;
  if (client.keys.length === 0) return <StatusLabel tone="wait">{t('apiClients.state.noKey')}</StatusLabel>;
  if (!used) return <StatusLabel tone="mute">{t('apiClients.state.unused')}</StatusLabel>;
  return <StatusLabel tone="ok">{t('apiClients.state.used', { when: relative(used, now, language) })}</StatusLabel>;
}
