import { IconAlertTriangle, IconLinkOff, IconPlayerPause, IconPlayerPlay, IconQrcode } from '@tabler/icons-react';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { createLine, logOutLine, startLine, stopLine } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { hasCode, sentenceFor } from '../../api/problems';
import { lineQuery } from '../../api/queries';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { gatewayDownSign, lineSigns, Status } from '../../ui/Status';
import { LineFacts } from './LineFacts';
import { LineHistory } from './LineHistory';
import { PairingDialog } from './PairingDialog';

type Action = 'start' | 'stop' | 'log-out';

/** The number the clinic speaks with: how it stands, how to link it, what happened to it. */
export function Line() {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const line = useQuery(lineQuery(clinic.id));
  const [pairing, setPairing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const intention = useRef(new Intention());

  const act = useMutation({
    mutationFn: async (action: Action): Promise<WhatsAppLine> => {
      const known = line.data ?? (await client.fetchQuery({ ...lineQuery(clinic.id), staleTime: 0 }));
      const target =
        known ?? (await intention.current.carryOut({ create: clinic.id }, (key) => makeLine(client, clinic.id, clinic.name, key)));
      const call = { start: startLine, stop: stopLine, 'log-out': logOutLine }[action];
      return intention.current.carryOut({ action, line: target.id }, (key) => call(clinic.id, target.id, key));
    },
    onSuccess: (now) => client.setQueryData(lineQuery(clinic.id).queryKey, { ...now, qr: null } as WhatsAppLine),
    onError: (error, action) => {
      if (action !== 'start') failed(sentenceFor(error, t), t('action.close'));
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'line') });
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'line-history') });
    },
  });
  const start = () => {
    setPairing(true);
    act.mutate('start');
  };
  const close = useCallback(() => setPairing(false), []);
  const linked = useCallback(() => {
    setPairing(false);
    done(t('status.footer.linked'), t('action.close'));
  }, [t]);
  const mayPair = may(clinic, 'pair-line');

  return (
    <>
      <PageHead title={t('line.title')} under={t('line.under')} />
      {line.isPending ? (
        <Skeleton rows={6} tall />
      ) : line.isError ? (
        <LoadError error={line.error} title={t('line.error')} retry={() => void line.refetch()} />
      ) : line.data === null ? (
        <Empty title={t('line.none')} text={t('line.noneText')}>
          {mayPair && (
            <button type="button" className="btn pri" onClick={start} disabled={act.isPending} data-testid="start-line">
              <Icon of={IconQrcode} />
              {t('line.pairFirst')}
            </button>
          )}
        </Empty>
      ) : (
        <div className="line2">
          <div className="grow0">
            <BigLine
              line={line.data}
              mayPair={mayPair}
              busy={act.isPending}
              onPair={line.data.state === 'pairing' ? () => setPairing(true) : start}
              onResume={() => act.mutate('start')}
              onPause={() => act.mutate('stop')}
              onLeave={() => setLeaving(true)}
            />
            <LineHistory lineId={line.data.id} />
          </div>
          <LineFacts line={line.data} />
        </div>
      )}
      <PairingDialog
        line={line.data ?? null}
        opened={pairing}
        onClose={close}
        onLinked={linked}
        again={start}
        busy={act.isPending}
        error={act.error}
      />
      <Dialog opened={leaving} onClose={() => setLeaving(false)} title={t('line.logOutTitle')}>
        <p>{t('line.logOutText', { phone: line.data?.phone ? phoneText(line.data.phone) : '' })}</p>
        <div className="row wrap form-a">
          <button
            type="button"
            className="btn danger"
            data-testid="log-out-confirm"
            onClick={() => {
              setLeaving(false);
              act.mutate('log-out');
            }}
          >
            <Icon of={IconLinkOff} />
            {t('line.logOut')}
          </button>
          <button type="button" className="btn" onClick={() => setLeaving(false)}>
            {t('action.back')}
          </button>
        </div>
      </Dialog>
    </>
  );
}

/** Two people may press at once; the line that exists is then the line. */
async function makeLine(client: QueryClient, organizationId: string, name: string, key: string): Promise<{ id: string }> {
  try {
    return await createLine(organizationId, name, key);
  } catch (error) {
    if (!hasCode(error, 'line-name-taken')) throw error;
    const existing = await client.fetchQuery({ ...lineQuery(organizationId), staleTime: 0 });
    if (!existing) throw error;
    return existing;
  }
}

function BigLine(props: {
  line: WhatsAppLine;
  mayPair: boolean;
  busy: boolean;
  onPair: () => void;
  onResume: () => void;
  onPause: () => void;
  onLeave: () => void;
}) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { line, busy } = props;
  const sign = line.gatewayReachable ? lineSigns[line.state] : gatewayDownSign;
  const Drawn = sign.icon;
  const unlinked =
    line.state === 'needs-pairing' || line.state === 'pairing' || (line.state === 'stopped' && line.cause !== 'stopped-here');
  return (
    <section className="bigline" aria-label={t('line.state')}>
      <span className={`seal seal-${sign.tone}`} aria-hidden="true">
        <Drawn className="i" />
      </span>
      <div className="grow0">
        <span className="num">{line.phone ? phoneText(line.phone) : t('line.noPhone')}</span>
        <div className="row wrap">
          <Status sign={sign} />
          <span className="small muted">
            {line.since && t('line.since', { when: moment(line.since, clinic.timeZone, language) })}
            {line.cause !== 'none' && ` ${t(`cause.${line.cause}`)}`}
          </span>
        </div>
        {!line.gatewayReachable && (
          <p className="small said">
            <Icon of={IconAlertTriangle} small /> {t('line.unreachableText')}
          </p>
        )}
      </div>
      {props.mayPair && (
        <div className="row wrap">
          {unlinked ? (
            <button type="button" className="btn pri" onClick={props.onPair} disabled={busy} data-testid="start-line">
              <Icon of={IconQrcode} />
              {t(line.state === 'pairing' ? 'line.showCode' : 'line.pair')}
            </button>
          ) : line.state === 'stopped' || line.state === 'halted' ? (
            <button type="button" className="btn pri" onClick={props.onResume} disabled={busy} data-testid="start-line">
              <Icon of={IconPlayerPlay} />
              {t('line.resume')}
            </button>
          ) : (
            <button type="button" className="btn" onClick={props.onPause} disabled={busy}>
              <Icon of={IconPlayerPause} />
              {t('line.pause')}
            </button>
          )}
          {!unlinked && (
            <button type="button" className="btn danger" onClick={props.onLeave} disabled={busy} data-testid="log-out-line">
              <Icon of={IconLinkOff} />
              {t('line.logOut')}
            </button>
          )}
        </div>
      )}
    </section>
  );
}
