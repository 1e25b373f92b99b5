import { Menu } from '@mantine/core';
import {
  IconDots,
  IconLinkOff,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
  IconQrcode,
  IconSend,
  IconStar,
} from '@tabler/icons-react';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { phoneText } from '../../ui/phone';
import { lineSign, Status } from '../../ui/Status';
import { adviceFor, causeText } from './advice';
import { takesCredentials } from './engines';
import type { LineAction } from './useLines';

interface Props {
  line: WhatsAppLine;
  /** Whether it has to be told apart from other lines. */
  named: boolean;
  mayChange: boolean;
  busy: boolean;
  onPair: () => void;
  act: (action: LineAction) => void;
  onTest: () => void;
  onEdit: () => void;
  onLeave: () => void;
}

/** One line in large: its number, how it stands, what to do about it, and the buttons for that. */
export function BigLine(props: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { line } = props;
  const sign = lineSign(line);
  const Drawn = sign.icon;
  const cause = line.state === 'linked' ? '' : causeText(line.cause, t);
  return (
    <section className="bigline" aria-label={t('line.state')}>
      <span className={`seal seal-${sign.tone}`} aria-hidden="true">
        <Drawn className="i" />
      </span>
      <div className="grow0">
        {props.named && (
          <h2 className="row wrap bl-name">
            {line.name}
            {line.defaultLine && <span className="st mute">{t('line.default')}</span>}
          </h2>
        )}
        <span className="num">{line.phone ? phoneText(line.phone) : t('line.noPhone')}</span>
        <div className="row wrap">
          <Status sign={sign} />
          <span className="small muted">
            {line.since && t('line.since', { when: moment(line.since, clinic.timeZone, language) })}
            {cause && ` ${cause}`}
          </span>
        </div>
        {!line.gatewayReachable && <p className="small bl-do">{t('line.unreachableText')}</p>}
        <p className="small bl-do">{adviceFor(line, t)}</p>
        {props.mayChange ? <Buttons {...props} /> : <p className="small muted bl-do">{t('line.seeOnly')}</p>}
      </div>
    </section>
  );
}

function Buttons({ line, named, busy, onPair, act, onTest, onEdit, onLeave }: Props) {
  const { t } = useWords();
  const unlinked =
    line.state === 'needs-pairing' || line.state === 'pairing' || (line.state === 'stopped' && line.cause !== 'stopped-here');
  const links = line.capabilities.qr || line.capabilities.pairingCode;
  // Without credentials the next step is to enter them, which is offered below.
  const bare = takesCredentials(line.engine) && (line.cause === 'not-configured' || line.cause === 'never-started');
  const start = bare ? 'btn' : 'btn pri';
  const resting = line.state === 'stopped' || line.state === 'halted';
  return (
    <div className="row wrap bl-a">
      {unlinked && links ? (
        <button type="button" className="btn pri" onClick={onPair} disabled={busy} data-testid="start-line">
          <Icon of={IconQrcode} />
          {t(line.state === 'pairing' ? 'line.showCode' : 'line.pair')}
        </button>
      ) : unlinked ? (
        <button type="button" className={start} onClick={() => act('start')} disabled={busy} data-testid="start-line">
          <Icon of={IconPlugConnected} />
          {t('line.connect')}
        </button>
      ) : resting ? (
        <button type="button" className={start} onClick={() => act('start')} disabled={busy} data-testid="start-line">
          <Icon of={IconPlayerPlay} />
          {t('line.resume')}
        </button>
      ) : (
        <>
          <button type="button" className="btn" onClick={onTest} data-testid="test-line">
            <Icon of={IconSend} />
            {t('test.open')}
          </button>
          <button type="button" className="btn" onClick={() => act('stop')} disabled={busy}>
            <Icon of={IconPlayerPause} />
            {t('line.pause')}
          </button>
        </>
      )}
      {!unlinked && !bare && (
        <button type="button" className="btn danger" onClick={onLeave} disabled={busy} data-testid="log-out-line">
          <Icon of={IconLinkOff} />
          {t(links ? 'line.logOut' : 'line.disconnect')}
        </button>
      )}
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <button type="button" className="btn quiet ic" aria-label={t('line.more', { name: line.name })} data-testid="line-more">
            <Icon of={IconDots} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Icon of={IconPencil} />} onClick={onEdit} data-testid="edit-line">
            {t('line.edit')}
          </Menu.Item>
          {named && !line.defaultLine && (
            <Menu.Item leftSection={<Icon of={IconStar} />} onClick={() => act('make-default')} data-testid="make-default">
              {t('line.makeDefault')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
