import { IconHeartbeat, IconPlus, IconQrcode } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { may } from '../../api/may';
import { linesQuery } from '../../api/queries';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { BigLine } from './BigLine';
import { CredentialsForm } from './CredentialsForm';
import { takesCredentials } from './engines';
import { LineFacts } from './LineFacts';
import { AddLine, EditLine } from './LineForm';
import { LineHistory } from './LineHistory';
import { LineList } from './LineList';
import { LogOutDialog } from './LogOutDialog';
import { PairingDialog } from './PairingDialog';
import { Provider } from './Provider';
import { ProviderTemplates } from './ProviderTemplates';
import { TestMessageDialog } from './TestMessageDialog';
import { useFirstLine } from './useFirstLine';
import { useLineActions } from './useLines';
import { usePairing } from './usePairing';

/** The numbers the clinic speaks with: how each stands, how to link it, what happened to it. */
export function Lines() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate({ from: '/c/$clinic/line' });
  const search = useSearch({ from: '/c/$clinic/line' });
  const lines = useQuery(linesQuery(clinic.id));
  const [dialog, setDialog] = useState<'add' | 'edit' | 'log-out' | 'test' | 'credentials' | null>(null);
  const actions = useLineActions();
  const pairing = usePairing();
  const first = useFirstLine(pairing.open);
  const mayChange = may(clinic, 'manage-lines');
  const several = (lines.data?.length ?? 0) > 1;
  const line = lines.data?.find((one) => one.id === search.line) ?? lines.data?.find((one) => one.defaultLine) ?? lines.data?.[0];
  const paired = lines.data?.find((one) => one.id === pairing.lineId);
  const close = () => setDialog(null);
  // Whoever pressed "link now" elsewhere is not asked to press it again here.
  const wanted = search.pair && mayChange ? line : undefined;
  useEffect(() => {
    if (!wanted) return;
    void navigate({ search: { line: search.line }, replace: true });
    pairing.open(wanted);
  }, [wanted, navigate, search.line, pairing.open]);
  const closePairing = pairing.close;
  const linked = useCallback(() => {
    closePairing();
    done(t('status.footer.linked'), t('action.close'));
  }, [closePairing, t]);

  return (
    <>
      <PageHead title={t(several ? 'line.titleMany' : 'line.title')} under={t(several ? 'line.underMany' : 'line.under')}>
        <Link className={chips.chip} {...to.serviceStatus(clinic.alias)} data-testid="service-status-open">
          <Icon of={IconHeartbeat} small />
          {t('service.title')}
        </Link>
        {mayChange && line && (
          <Button iconOnPhone onClick={() => setDialog('add')} data-testid="add-line">
            <Icon of={IconPlus} />
            <span>{t('line.add')}</span>
          </Button>
        )}
      </PageHead>
      {lines.isPending ? (
        <Skeleton rows={6} tall />
      ) : lines.isLoadingError ? (
        <LoadError error={lines.error} title={t('line.error')} retry={() => void lines.refetch()} />
      ) : !line ? (
        <Empty title={t('line.none')} text={t('line.noneText')}>
          {mayChange && (
            <Button kind="primary" onClick={() => first.mutate()} disabled={first.isPending || pairing.busy} data-testid="start-line">
              <Icon of={IconQrcode} />
              {t('line.pairFirst')}
            </Button>
          )}
        </Empty>
      ) : (
        <>
          {several && <LineList lines={lines.data} chosen={line.id} />}
          <div className={layout.mainAndSide}>
            <div className={layout.fill}>
              <BigLine
                line={line}
                named={several}
                mayChange={mayChange}
                busy={actions.isPending || pairing.busy}
                onPair={() => pairing.open(line)}
                act={(action) => actions.mutate({ line, action })}
                onTest={() => setDialog('test')}
                onEdit={() => setDialog('edit')}
                onLeave={() => setDialog('log-out')}
              />
              {takesCredentials(line.engine) && <Provider key={line.id} line={line} onEnter={() => setDialog('credentials')} />}
              {line.capabilities.templates && may(clinic, 'set-credentials') && (
                <ProviderTemplates key={`${line.id} templates`} line={line} />
              )}
              <LineHistory lineId={line.id} />
            </div>
            <LineFacts line={line} />
          </div>
        </>
      )}
      <PairingDialog pairing={pairing} name={paired && several ? paired.name : ''} onLinked={linked} />
      {line && <TestMessageDialog line={line} opened={dialog === 'test'} onClose={close} />}
      <LogOutDialog
        line={dialog === 'log-out' ? (line ?? null) : null}
        onClose={close}
        onConfirm={() => {
          close();
          if (line) actions.mutate({ line, action: 'log-out' });
        }}
      />
      <Dialog opened={dialog === 'add'} onClose={close} title={t('line.add')}>
        <AddLine
          onClose={close}
          onAdded={(added) => {
            void navigate({ search: { line: added.id } });
            setDialog(takesCredentials(added.engine) ? 'credentials' : null);
            if (!takesCredentials(added.engine)) pairing.open(added);
          }}
        />
      </Dialog>
      <Dialog opened={dialog === 'edit'} onClose={close} title={t('line.editTitle')}>
        {line && <EditLine key={line.id} line={line} onClose={close} />}
      </Dialog>
      <Dialog opened={dialog === 'credentials'} onClose={close} title={t('provider.enter')} under={line?.name}>
        {line && (
          <CredentialsForm
            key={line.id}
            line={line}
            onClose={close}
            onSaved={() => {
              close();
              // Whoever entered them wants to see whether they work; a line that runs is checked by the server.
              if (line.state !== 'stopped' && line.state !== 'halted') return;
              if (line.capabilities.qr) pairing.open(line);
              else actions.mutate({ line, action: 'start' });
            }}
          />
        )}
      </Dialog>
    </>
  );
}
