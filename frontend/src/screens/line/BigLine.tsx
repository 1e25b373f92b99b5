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
import clsx from 'clsx';
import type { WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { phoneText } from '../../ui/phone';
import { lineSign, Status, StatusLabel, type Tone } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { adviceFor, causeText } from './advice';
import styles from './BigLine.module.css';
import { takesCredentials } from './engines';
import type { LineAction } from './useLines';

const seals: Partial<Record<Tone, string>> = { ok: styles.ok, no: styles.no, fail: styles.fail, wait: styles.wait, mute: styles.mute };

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
  const cause = line.state === 'linked' ? '' : causeText(line.cause, t);
  return (
    <section className={styles.line} aria-label={t('line.state')} data-testid="line-card">
      <span className={clsx(styles.seal, seals[sign.tone])} aria-hidden="true">
        <Icon of={sign.icon} />
      </span>
      <div className={layout.fill}>
        {props.named && (
          <h2 className={clsx(layout.row, layout.wrap, styles.name)}>
            {line.name}
            {line.defaultLine && <StatusLabel tone="mute">{t('line.default')}</StatusLabel>}
          </h2>
        )}
        <span className={styles.number} data-testid="line-number">
          {line.phone ? phoneText(line.phone) : t('line.noPhone')}
        </span>
        <div className={clsx(layout.row, layout.wrap)}>
          <Status sign={sign} />
          <span className={clsx(typography.small, typography.muted)}>
            {line.since && t('line.since', { when: moment(line.since, clinic.timeZone, language) })}
            {cause && ` ${cause}`}
          </span>
        </div>
        {!line.gatewayReachable && <p className={clsx(typography.small, styles.advice)}>{t('line.unreachableText')}</p>}
        <p className={clsx(typography.small, styles.advice)}>{adviceFor(line, t)}</p>
        {props.mayChange ? (
          <Buttons {...props} />
        ) : (
          <p className={clsx(typography.small, typography.muted, styles.advice)}>{t('line.seeOnly')}</p>
        )}
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
  const start = bare ? undefined : 'primary';
  const resting = line.state === 'stopped' || line.state === 'halted';
  return (
    <div className={clsx(layout.row, layout.wrap, styles.actions)}>
      {unlinked && links ? (
        <Button kind="primary" onClick={onPair} disabled={busy} data-testid="start-line">
          <Icon of={IconQrcode} />
          {t(line.state === 'pairing' ? 'line.showCode' : 'line.pair')}
        </Button>
      ) : unlinked ? (
        <Button kind={start} onClick={() => act('start')} disabled={busy} data-testid="start-line">
          <Icon of={IconPlugConnected} />
          {t('line.connect')}
        </Button>
      ) : resting ? (
        <Button kind={start} onClick={() => act('start')} disabled={busy} data-testid="start-line">
          <Icon of={IconPlayerPlay} />
          {t('line.resume')}
        </Button>
      ) : (
        <>
          <Button onClick={onTest} data-testid="test-line">
            <Icon of={IconSend} />
            {t('test.open')}
          </Button>
          <Button onClick={() => act('stop')} disabled={busy}>
            <Icon of={IconPlayerPause} />
            {t('line.pause')}
          </Button>
        </>
      )}
      {!unlinked && !bare && (
        <Button kind="danger" onClick={onLeave} disabled={busy} data-testid="log-out-line">
          <Icon of={IconLinkOff} />
          {t(links ? 'line.logOut' : 'line.disconnect')}
        </Button>
      )}
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <Button kind="quiet" iconOnly aria-label={t('line.more', { name: line.name })} data-testid="line-more">
            <Icon of={IconDots} />
          </Button>
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
