import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { type ChatwootBridge, type ChatwootCheck, chatwootBridgesQuery, testChatwootBridge } from '../../api/chatwoot';
import { keys } from '../../api/keys';
import { sentenceFor } from '../../api/problems';
import { linesQuery } from '../../api/queries';
import { useClinic, useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import { CopyLine } from '../../ui/CopyLine';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { failed } from '../../ui/notices';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel, type Tone } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { ChatwootForm } from './ChatwootForm';
import settings from './settings.module.css';

type Open = { form: ChatwootBridge | null } | { tried: string } | null;

/** Lines whose conversations stand in an inbox of Chatwoot, too. */
export function Chatwoot() {
  const { t } = useWords();
  const clinic = useClinic();
  const bridges = useQuery(chatwootBridgesQuery(clinic.id));
  const lines = useQuery(linesQuery(clinic.id));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const nameOf = (bridge: ChatwootBridge) => lines.data?.find((line) => line.id === bridge.lineId)?.name ?? t('chatwoot.line');
  const tried = open && 'tried' in open ? bridges.data?.find((one) => one.id === open.tried) : undefined;
  const button = (
    <Button kind="primary" onClick={() => setOpen({ form: null })} data-testid="new-chatwoot">
      <Icon of={IconPlus} />
      {t('chatwoot.add')}
    </Button>
  );
  return (
    <div className={settings.list}>
      {bridges.isPending ? (
        <Skeleton rows={3} />
      ) : bridges.isLoadingError ? (
        <LoadError error={bridges.error} title={t('settings.error')} retry={() => void bridges.refetch()} />
      ) : bridges.data.length === 0 ? (
        <Empty title={t('chatwoot.empty')} text={t('chatwoot.emptyText')}>
          {button}
        </Empty>
      ) : (
        <>
          <Section title={t('chatwoot.title')}>
            <span className={layout.end}>{button}</span>
          </Section>
          <p className={clsx(typography.small, typography.muted, settings.about)}>{t('chatwoot.hint')}</p>
          <ul className={clsx(lists.ruled, lists.lined)} data-testid="chatwoot-bridges">
            {bridges.data.map((one) => (
              <Row
                key={one.id}
                bridge={one}
                name={nameOf(one)}
                onChange={() => setOpen({ form: one })}
                onTry={() => setOpen({ tried: one.id })}
              />
            ))}
          </ul>
        </>
      )}
      <Dialog
        opened={open !== null && 'form' in open}
        onClose={close}
        title={open && 'form' in open && open.form ? t('settings.changeName', { name: nameOf(open.form) }) : t('chatwoot.add')}
      >
        {open && 'form' in open && (
          <ChatwootForm changed={open.form} lines={lines.data ?? []} onClose={close} onAdded={(added) => setOpen({ tried: added.id })} />
        )}
      </Dialog>
      <Dialog opened={tried !== undefined} onClose={close} fleeting title={tried ? t('chatwoot.tryOf', { name: nameOf(tried) }) : ''}>
        {tried && <Try bridge={tried} />}
      </Dialog>
    </div>
  );
}

function Row(props: { bridge: ChatwootBridge; name: string; onChange: () => void; onTry: () => void }) {
  const { t } = useWords();
  const { bridge, name } = props;
  return (
    <li className={settings.row}>
      <span>
        <b className={typography.strong}>{name}</b>
        <br />
        <span className={clsx(typography.small, typography.muted)}>
          {t('chatwoot.inboxOf', { inbox: bridge.inboxId, server: bridge.baseUrl.replace(/^https?:\/\//, '') })}
        </span>
      </span>
      <span>
        <State bridge={bridge} />
      </span>
      <span className={clsx(layout.row, settings.rowEnd)}>
        <Button kind="quiet" small onClick={props.onTry} aria-label={t('chatwoot.tryOf', { name })}>
          {t('chatwoot.try')}
        </Button>
        <Button kind="quiet" small onClick={props.onChange} aria-label={t('settings.changeName', { name })}>
          {t('settings.change')}
        </Button>
      </span>
    </li>
  );
}

function State({ bridge }: { bridge: ChatwootBridge }) {
  const { t } = useWords();
  if (!bridge.active) return <StatusLabel tone="mute">{t('chatwoot.state.off')}</StatusLabel>;
  if (bridge.lastCause) return <StatusLabel tone="fail">{t('chatwoot.state.failing', { count: bridge.waiting })}</StatusLabel>;
  if (!bridge.deliveredAt) return <StatusLabel tone="wait">{t('chatwoot.state.unheard')}</StatusLabel>;
  return <StatusLabel tone="ok">{t('chatwoot.state.on')}</StatusLabel>;
}

const tones: Record<ChatwootCheck['result'], Tone> = { ok: 'ok', failed: 'fail', unknown: 'mute' };

/** Causes that have a sentence of their own; everything else is shown as the code it is. */
const known = [
  'unreachable',
  'no-answer',
  'answered-401',
  'answered-403',
  'answered-404',
  'not-an-api-channel',
  'not-set',
  'another-address',
  'public-address-missing',
  'signature-refused',
];

/** Where Chatwoot must deliver, and what a try of everything comes to. */
function Try({ bridge }: { bridge: ChatwootBridge }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = useNow();
  const client = useQueryClient();
  const tried = useQuery({
    queryKey: keys.of(clinic.id, 'chatwoot-bridges', bridge.id, 'tried'),
    queryFn: () => testChatwootBridge(clinic.id, bridge.id),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const again = useMutation({
    mutationFn: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'chatwoot-bridges') }),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  return (
    <>
      {bridge.webhookUrl && (
        <>
          <CopyLine label={t('chatwoot.webhookUrl')} value={bridge.webhookUrl} copied={t('chatwoot.webhookUrlCopied')} />
          <p className={clsx(typography.small, typography.muted)}>{t('chatwoot.webhookUrlHint')}</p>
        </>
      )}
      <div className={settings.below}>
        <Section title={t('chatwoot.checks')}>
          <span className={layout.end}>
            <Button small disabled={again.isPending || tried.isFetching} onClick={() => again.mutate()}>
              {t('chatwoot.tryAgain')}
            </Button>
          </span>
        </Section>
        {tried.isPending ? (
          <Skeleton rows={5} />
        ) : tried.isError ? (
          <LoadError error={tried.error} title={t('settings.error')} retry={() => void tried.refetch()} />
        ) : (
          <ul className={clsx(lists.ruled, lists.lined)} data-testid="chatwoot-checks">
            {tried.data.map((check) => (
              <li key={check.name} className={settings.row}>
                <b className={typography.strong}>{t(`chatwoot.check.${check.name}`)}</b>
                <span className={clsx(typography.small, typography.muted)}>
                  {check.cause && (known.includes(check.cause) ? t(`chatwoot.cause.${check.cause}`) : check.cause)}
                </span>
                <StatusLabel tone={tones[check.result]}>{t(`chatwoot.result.${check.result}`)}</StatusLabel>
              </li>
            ))}
          </ul>
        )}
      </div>
      {bridge.deliveredAt && (
        <p className={clsx(typography.small, typography.muted)}>
          {t('chatwoot.delivered', { when: relative(bridge.deliveredAt, now, language) })}
        </p>
      )}
    </>
  );
}
