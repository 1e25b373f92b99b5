import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBan,
  IconCalendarClock,
  IconCalendarX,
  IconCheck,
  IconChecks,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconClockQuestion,
  IconEye,
  IconHandStop,
  IconHelpCircle,
  IconHourglassOff,
  IconPlugConnected,
  IconPlugConnectedX,
  IconQrcode,
  IconRefresh,
  IconReplace,
  IconSend,
  IconStethoscope,
  IconUserCheck,
  IconUserX,
} from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Appointment, LineState, MessageState, WhatsAppLine } from '../api/types';
import { useWords } from '../app/clinic';
import { Icon, type IconType } from './Icon';
import styles from './Status.module.css';

export type Tone = 'ok' | 'wait' | 'no' | 'info' | 'unk' | 'mute' | 'here' | 'fail';

interface Sign {
  tone: Tone;
  icon: IconType;
  /** Key of the word, below `status`. */
  word: string;
}

/** How a visit stands, as the desk sees it: what happened at the desk outweighs what the patient answered. */
export type VisitState = 'ok' | 'booked' | 'wait' | 'no' | 'here' | 'in' | 'done' | 'noshow' | 'cancelled' | 'unknown' | 'pending';

const awaiting: ReadonlySet<MessageState> = new Set(['sending', 'sent', 'delivered', 'read', 'failed']);

export function visitState(visit: Pick<Appointment, 'status' | 'participation' | 'messages'>): VisitState {
  if (visit.status === 'arrived') return 'here';
  if (visit.status === 'checked-in') return 'in';
  if (visit.status === 'fulfilled') return 'done';
  if (visit.status === 'noshow') return 'noshow';
  if (visit.status === 'cancelled' || visit.status === 'entered-in-error') return 'cancelled';
  if (visit.status !== 'booked') return 'pending';
  if (visit.participation === 'accepted') return 'ok';
  if (visit.participation === 'declined') return 'no';
  const told = visit.messages?.state;
  if (told === 'unknown') return 'unknown';
  // Nobody is awaited before something was sent to them.
  return told && awaiting.has(told) ? 'wait' : 'booked';
}

export const visitSigns: Record<VisitState, Sign> = {
  ok: { tone: 'ok', icon: IconCircleCheck, word: 'visit.confirmed' },
  booked: { tone: 'mute', icon: IconCalendarClock, word: 'visit.booked' },
  wait: { tone: 'wait', icon: IconClockQuestion, word: 'visit.waiting' },
  no: { tone: 'no', icon: IconCircleX, word: 'visit.declined' },
  here: { tone: 'here', icon: IconUserCheck, word: 'visit.arrived' },
  in: { tone: 'here', icon: IconStethoscope, word: 'visit.inside' },
  done: { tone: 'mute', icon: IconCheck, word: 'visit.seen' },
  noshow: { tone: 'no', icon: IconUserX, word: 'visit.noshow' },
  cancelled: { tone: 'mute', icon: IconCalendarX, word: 'visit.cancelled' },
  unknown: { tone: 'unk', icon: IconHelpCircle, word: 'visit.unknown' },
  pending: { tone: 'mute', icon: IconClockHour4, word: 'visit.pending' },
};

export const messageSigns: Record<MessageState, Sign> = {
  planned: { tone: 'mute', icon: IconClockHour4, word: 'message.planned' },
  queued: { tone: 'mute', icon: IconClockHour4, word: 'message.queued' },
  handed: { tone: 'mute', icon: IconSend, word: 'message.handed' },
  accepted: { tone: 'mute', icon: IconSend, word: 'message.accepted' },
  sending: { tone: 'mute', icon: IconSend, word: 'message.sending' },
  sent: { tone: 'mute', icon: IconCheck, word: 'message.sent' },
  delivered: { tone: 'info', icon: IconChecks, word: 'message.delivered' },
  read: { tone: 'info', icon: IconEye, word: 'message.read' },
  failed: { tone: 'fail', icon: IconAlertTriangle, word: 'message.failed' },
  unknown: { tone: 'unk', icon: IconHelpCircle, word: 'message.unknown' },
  withdrawn: { tone: 'mute', icon: IconArrowBackUp, word: 'message.withdrawn' },
  superseded: { tone: 'mute', icon: IconReplace, word: 'message.superseded' },
  expired: { tone: 'mute', icon: IconHourglassOff, word: 'message.expired' },
  suppressed: { tone: 'mute', icon: IconBan, word: 'message.suppressed' },
};

export const lineSigns: Record<LineState, Sign> = {
  stopped: { tone: 'fail', icon: IconHandStop, word: 'line.stopped' },
  starting: { tone: 'mute', icon: IconRefresh, word: 'line.starting' },
  pairing: { tone: 'no', icon: IconQrcode, word: 'line.pairing' },
  linked: { tone: 'ok', icon: IconPlugConnected, word: 'line.linked' },
  reconnecting: { tone: 'wait', icon: IconRefresh, word: 'line.reconnecting' },
  'needs-pairing': { tone: 'no', icon: IconQrcode, word: 'line.needs-pairing' },
  halted: { tone: 'fail', icon: IconHandStop, word: 'line.halted' },
};
export const gatewayDownSign: Sign = { tone: 'mute', icon: IconPlugConnectedX, word: 'line.unreachable' };

/** How a line stands; when nobody answers for it, that is all that is known. */
export const lineSign = (line: Pick<WhatsAppLine, 'state' | 'gatewayReachable'>): Sign =>
  line.gatewayReachable ? lineSigns[line.state] : gatewayDownSign;

/** The colour of a step's dot; on its ring even a failure is not filled. */
export const stepTones: Record<Tone, string | undefined> = {
  ok: styles.ok,
  wait: styles.wait,
  no: styles.no,
  info: styles.info,
  unk: styles.unk,
  mute: styles.mute,
  here: styles.here,
  fail: styles.no,
};

/** A word in the colour of its tone, with an icon before it; `bare` is without the filled ground. */
export const StatusLabel = (props: { tone: Tone; icon?: IconType; bare?: boolean; children: ReactNode }) => (
  <span className={clsx(styles.label, styles[props.tone], props.bare && styles.bare)}>
    {props.icon && <Icon of={props.icon} small />}
    {props.children}
  </span>
);

/** Colour, icon and word. Calm states go bare; only exceptions get a filled label. */
export function Status({ sign, bare }: { sign: Sign; bare?: boolean }) {
  const { t } = useWords();
  return (
    <StatusLabel tone={sign.tone} icon={sign.icon} bare={bare}>
      {t(`status.${sign.word}`)}
    </StatusLabel>
  );
}

const calm: ReadonlySet<VisitState> = new Set(['ok', 'booked', 'done', 'cancelled', 'pending']);
export function VisitStatus({ visit, bare }: { visit: Pick<Appointment, 'status' | 'participation' | 'messages'>; bare?: boolean }) {
  const state = visitState(visit);
  return <Status sign={visitSigns[state]} bare={bare ?? calm.has(state)} />;
}
export const MessageStatus = ({ state, bare }: { state: MessageState; bare?: boolean }) => (
  <Status sign={messageSigns[state]} bare={bare} />
);
