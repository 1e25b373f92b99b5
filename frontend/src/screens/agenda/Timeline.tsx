import {
  IconArrowAutofitHeight,
  IconArrowBackUp,
  IconCalendarPlus,
  IconCalendarTime,
  IconCalendarX,
  IconCash,
  IconCashOff,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconClockQuestion,
  IconDoor,
  IconForms,
  IconMessageReply,
  IconNote,
  IconPointFilled,
  IconShieldCheck,
  IconStack2,
  IconStethoscope,
  IconUserCheck,
  IconUserX,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { timelineQuery } from '../../api/agendaQueries';
import type { Appointment, MessageState, TimelineItem } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf, timeOf } from '../../time/clinicTime';
import { shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon, type IconType } from '../../ui/Icon';
import { LoadError, Skeleton } from '../../ui/Page';
import proofSteps from '../../ui/proofSteps.module.css';
import { messageSigns, stepTones } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { humanSteps, inOrder } from '../messages/steps';

const eventIcons: Record<string, IconType> = {
  'appointment-requested': IconCalendarPlus,
  'appointment-booked': IconCalendarPlus,
  'appointment-imported': IconCalendarPlus,
  'appointment-moved': IconCalendarTime,
  'appointment-insurance-changed': IconShieldCheck,
  'appointment-room-changed': IconDoor,
  'appointment-fields-changed': IconForms,
  'appointment-note-changed': IconNote,
  'appointment-no-show-explained': IconUserX,
  'appointment-length-changed': IconArrowAutofitHeight,
  'appointment-overbooked': IconStack2,
  'appointment-deposit-due': IconCash,
  'appointment-deposit-paid': IconCash,
  'appointment-deposit-waived': IconCash,
  'appointment-deposit-lapsed': IconCashOff,
  'appointment-cancelled': IconCalendarX,
  'appointment-reinstated': IconArrowBackUp,
  'appointment-arrived': IconUserCheck,
  'appointment-checked-in': IconStethoscope,
  'appointment-fulfilled': IconCheck,
  'appointment-noshow': IconUserX,
  'appointment-accepted': IconCircleCheck,
  'appointment-declined': IconCircleX,
  'appointment-tentative': IconClockQuestion,
  'appointment-needs-action': IconClockQuestion,
  'appointment-answer-restored': IconMessageReply,
};
const knownEvents = new Set(Object.keys(eventIcons));

/** The proof: every step of the visit and of its messages, oldest first, on a perforated stub. */
export function Timeline({ visit }: { visit: Appointment }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [every, setEvery] = useState(false);
  const timeline = useQuery(timelineQuery(clinic.id, visit.id));
  if (timeline.isPending) return <Skeleton rows={4} />;
  if (timeline.isLoadingError)
    return <LoadError error={timeline.error} title={t('visit.timelineError')} retry={() => void timeline.refetch()} />;
  if (timeline.data.length === 0) return <p className={clsx(typography.small, typography.muted)}>{t('visit.timelineEmpty')}</p>;
  const all = inOrder(timeline.data);
  const shown = every ? all : stepsShown(all);
  return (
    <div className={proofSteps.stub}>
      <ol className={proofSteps.steps} data-testid="timeline">
        {shown.map((item, index) => (
          <Item key={`${item.at}${item.kind}${item.state ?? index}`} item={item} />
        ))}
      </ol>
      {stepsShown(all).length < all.length && (
        <Button kind="link" className={clsx(typography.small, proofSteps.more)} aria-expanded={every} onClick={() => setEvery(!every)}>
          {t(every ? 'messages.fewer' : 'messages.every')}
        </Button>
      )}
    </div>
  );
}

/** Of each message the steps a person needs; everything else as it is. */
function stepsShown(items: TimelineItem[]): TimelineItem[] {
  const byMessage = Map.groupBy(items, (item) => item.messageId);
  return items.filter((item) => item.kind !== 'message' || humanSteps(byMessage.get(item.messageId) ?? []).includes(item));
}

function Item({ item }: { item: TimelineItem }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const sign = item.kind === 'message' ? (messageSigns[item.state as MessageState] ?? null) : null;
  const icon = sign?.icon ?? (item.kind === 'answer' ? IconMessageReply : (eventIcons[item.kind] ?? IconPointFilled));
  const tone = sign?.tone ?? (item.kind === 'answer' ? 'ok' : 'mute');
  const kind = item.messageKind ? t(`kind.${item.messageKind}`) : '';
  const title =
    item.kind === 'answer'
      ? t('visit.answered')
      : sign
        ? `${kind}: ${t(`status.${sign.word}`).toLocaleLowerCase()}`
        : t(knownEvents.has(item.kind) ? `event.${item.kind}` : 'event.other');
  return (
    <li>
      <div className={proofSteps.time}>
        {timeOf(item.at, clinic.timeZone)}
        <small>{shortDate(dateOf(item.at, clinic.timeZone), language)}</small>
      </div>
      <div className={proofSteps.dot}>
        <span className={stepTones[tone]} data-tone={tone}>
          <Icon of={icon} small />
        </span>
      </div>
      <div className={proofSteps.text}>
        <b className={typography.strong}>{title}</b>
        {item.text && <div className={clsx(typography.small, typography.quote)}>{item.text}</div>}
        {item.reason && (
          <div className={clsx(typography.small, typography.muted)}>
            {t(`${item.kind === 'answer' ? 'conversations.reason' : 'reason'}.${item.reason}`, { defaultValue: '' })}
          </div>
        )}
      </div>
    </li>
  );
}
