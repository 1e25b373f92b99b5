import { Popover } from '@mantine/core';
import { IconArrowBackUp, IconLock, IconMoodPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { Fragment, type ReactNode, useState } from 'react';
import { appointmentQuery } from '../../api/agendaQueries';
import type { ConversationEntry } from '../../api/conversations';
import type { InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { dateOf, timeOf, todayIn } from '../../time/clinicTime';
import { moment, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import bubbles from '../../ui/bubbles.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import menu from '../../ui/menu.module.css';
import { messageSigns, StatusLabel, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { AcceptNumber } from './AcceptNumber';
import { Extras, fileOf, Kept } from './Attachment';
import { HandleButton } from './HandleButton';
import { InboundContent, Revisions } from './InboundContent';
import { QuotedEntry } from './QuotedEntry';
import type { Outgoing } from './ReplyBox';
import styles from './Thread.module.css';
import { WhichVisit } from './WhichVisit';

/** What may be done with something that was said; null where the line takes neither, or the reader may not write. */
export interface Answering {
  quote: (entry: ConversationEntry) => void;
  /** An empty emoji takes back the clinic's. */
  react: (entry: ConversationEntry, emoji: string) => void;
}

const SIGNS = ['👍', '❤️', '🙏', '😂', '😮', '😢'];

/** The signs at each message: those of the other side, and the clinic's last one. */
function reactionsOf(entries: ConversationEntry[]): Map<string, { theirs: string[]; ours: string }> {
  const found = new Map<string, { theirs: string[]; ours: string }>();
  for (const entry of entries) {
    if (!entry.targetId || !isReaction(entry)) continue;
    const at = found.get(entry.targetId) ?? { theirs: [], ours: '' };
    if (entry.outbound) at.ours = entry.outbound.text ?? '';
    else if (entry.inbound?.text) at.theirs.push(entry.inbound.text);
    found.set(entry.targetId, at);
  }
  return found;
}

const isReaction = (entry: ConversationEntry): boolean => entry.inbound?.kind === 'reaction' || entry.outbound?.contentKind === 'reaction';

/** Everything that was said, oldest first, with the days between and what is still leaving at the end. */
export function Entries({
  entries,
  outgoing,
  answering,
}: {
  entries: ConversationEntry[];
  outgoing: Outgoing[];
  answering: Answering | null;
}) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const reactions = reactionsOf(entries);
  // A reaction stands at what it is about, where that is on screen.
  const lines = entries.filter((entry) => !(isReaction(entry) && entry.targetId && byId.has(entry.targetId)));
  let day = '';
  return (
    <>
      {lines.map((entry) => {
        const its = dateOf(entry.at, clinic.timeZone);
        const begins = its !== day;
        day = its;
        return (
          <Fragment key={entry.id}>
            {begins && (
              <p className={clsx(styles.day, typography.small, typography.muted)}>
                {its === todayIn(clinic.timeZone) ? t('inbox.today') : shortDate(its, language)}
              </p>
            )}
            <Line
              entry={entry}
              quoted={entry.quotedId ? byId.get(entry.quotedId) : undefined}
              reactions={reactions.get(entry.id) ?? { theirs: [], ours: '' }}
              answering={answering}
            />
          </Fragment>
        );
      })}
      {outgoing.map((one) => (
        <div key={one.key} className={clsx(styles.entry, styles.out)} data-testid="outgoing">
          <div className={clsx(bubbles.bubble, bubbles.sent)}>{[one.fileName, one.text].filter(Boolean).join(': ')}</div>
          <span className={clsx(typography.tiny, typography.muted, styles.foot)}>
            {one.failed ?? t('inbox.sending')}
            {one.failed && (
              <>
                <Button kind="link" onClick={one.again}>
                  {t('inbox.again')}
                </Button>
                <Button kind="link" onClick={one.drop}>
                  {t('inbox.drop')}
                </Button>
              </>
            )}
          </span>
        </div>
      ))}
    </>
  );
}

interface LineProps {
  entry: ConversationEntry;
  quoted: ConversationEntry | undefined;
  reactions: { theirs: string[]; ours: string };
  answering: Answering | null;
}

function Line(props: LineProps) {
  const { entry } = props;
  if (entry.event) return <EventLine entry={entry} />;
  if (entry.note) return <NoteLine entry={entry} />;
  if (entry.outbound) return <OutboundLine {...props} />;
  return <InboundLine {...props} />;
}

function Around({ quoted, reactions, children }: Pick<LineProps, 'quoted' | 'reactions'> & { children: ReactNode }) {
  const { t } = useWords();
  const signs = [...reactions.theirs, reactions.ours].filter(Boolean);
  return (
    <>
      {quoted && (
        <span className={clsx(styles.quote, typography.small, typography.muted)} data-testid="quote-line">
          <span className={layout.visuallyHidden}>{t('inbox.quotes')} </span>
          <QuotedEntry entry={quoted} />
        </span>
      )}
      {children}
      {signs.length > 0 && (
        <span className={typography.block}>
          <span className={styles.reaction}>
            <span className={layout.visuallyHidden}>{t('inbox.reacted')} </span>
            {signs.join(' ')}
          </span>
        </span>
      )}
    </>
  );
}

function InboundLine({ entry, quoted, reactions, answering }: LineProps) {
  const { t } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const message = entry.inbound;
  if (!message) return null;
  const waits = message.outcome !== 'ignored' && !message.handledAt && !message.fromMe;
  return (
    <div className={clsx(styles.entry, message.fromMe && styles.out)} data-testid={`inbound-${message.id}`}>
      <div className={clsx(bubbles.bubble, message.fromMe ? bubbles.sent : bubbles.received)}>
        <Around quoted={quoted} reactions={reactions}>
          <InboundContent message={message} />
          <Extras message={message} />
        </Around>
      </div>
      <Revisions message={message} />
      <span className={clsx(typography.tiny, typography.muted, styles.foot)}>
        <span>
          {message.fromMe && `${t('inbox.ownPhone')}, `}
          {timeOf(entry.at, clinic.timeZone)}
        </span>
        {waits && <Reason message={message} />}
        {!message.fromMe && !['for-staff', 'ignored'].includes(message.outcome) && (
          <span>{t(`conversations.outcome.${message.outcome}`)}</span>
        )}
        {message.appointmentId && (
          <Button kind="link" onClick={() => actions.show(message.appointmentId as string)}>
            {t('visit.open')}
          </Button>
        )}
        {QUOTED.includes(message.kind) && <Answers entry={entry} ours={reactions.ours} answering={answering} />}
      </span>
      {(message.reason === 'ambiguous' || message.reason === 'several-visits') && <WhichVisit answer={message} />}
      {message.kind === 'identity-changed' && (
        <div className={clsx(layout.row, layout.wrap)}>
          <AcceptNumber answer={message} />
          <HandleButton answer={message} />
        </div>
      )}
    </div>
  );
}

/** Why it asks for a person; once the visit is cancelled, no other time is to be offered for it. */
function Reason({ message }: { message: InboundMessage }) {
  const { t } = useWords();
  const clinic = useClinic();
  const asks = message.reason === 'ask-staff';
  const about = useQuery({ ...appointmentQuery(clinic.id, message.appointmentId ?? ''), enabled: asks && message.appointmentId !== null });
  const reason = asks && about.data && visitState(about.data) === 'cancelled' ? 'cancelled-since' : message.reason;
  if (!reason) return null;
  const key = reason === 'unknown-sender' && !message.phone ? 'unknown-number' : reason;
  return <span>{t(`conversations.reason.${key}`, { defaultValue: '' })}</span>;
}

function OutboundLine({ entry, quoted, reactions, answering }: LineProps) {
  const { t } = useWords();
  const clinic = useClinic();
  const message = entry.outbound;
  if (!message) return null;
  const file = fileOf(entry);
  const sign = messageSigns[message.state];
  const who =
    message.occasion === 'manual' ? (message.author ?? t('inbox.clinic')) : `Recado, ${t(`kind.${message.occasion}`).toLowerCase()}`;
  return (
    <div className={clsx(styles.entry, styles.out)} data-testid="sent">
      <div className={clsx(bubbles.bubble, bubbles.sent)}>
        <Around quoted={quoted} reactions={reactions}>
          {file ? message.text : [message.fileName, message.text].filter(Boolean).join(': ') || t(`kind.${message.occasion}`)}
          {file && <Kept file={file} />}
        </Around>
      </div>
      <span className={clsx(typography.tiny, typography.muted, styles.foot)}>
        {who}, {timeOf(entry.at, clinic.timeZone)}
        <StatusLabel tone={sign.tone} icon={sign.icon} bare>
          {t(`status.${sign.word}`)}
        </StatusLabel>
        {message.reason && t(`reason.${message.reason}`, { defaultValue: '' })}
        {OUT.includes(message.state) && message.contentKind !== 'reaction' && (
          <Answers entry={entry} ours={reactions.ours} answering={answering} />
        )}
      </span>
    </div>
  );
}

/** Kinds of what somebody wrote that can be quoted: not calls, and not what the platform says. */
const QUOTED = ['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contact', 'contacts'];
const OUT = ['sent', 'delivered', 'read'];

/** Quoting it, and a sign at it. */
function Answers({ entry, ours, answering }: { entry: ConversationEntry; ours: string; answering: Answering | null }) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  if (!answering) return null;
  return (
    <span className={styles.answers}>
      <Button kind="quiet" small iconOnly aria-label={t('inbox.quote')} onClick={() => answering.quote(entry)} data-testid="quote">
        <Icon of={IconArrowBackUp} small />
      </Button>
      <Popover opened={opened} onChange={setOpened} position="top" trapFocus returnFocus classNames={{ dropdown: menu.dropdown }}>
        <Popover.Target>
          <Button kind="quiet" small iconOnly aria-label={t('inbox.react')} onClick={() => setOpened(!opened)} data-testid="react">
            <Icon of={IconMoodPlus} small />
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <div className={styles.signs}>
            {SIGNS.map((sign) => (
              <button
                key={sign}
                type="button"
                aria-pressed={ours === sign}
                onClick={() => {
                  setOpened(false);
                  answering.react(entry, ours === sign ? '' : sign);
                }}
              >
                {sign}
              </button>
            ))}
          </div>
        </Popover.Dropdown>
      </Popover>
    </span>
  );
}

function NoteLine({ entry }: { entry: ConversationEntry }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  return (
    <div className={styles.note} data-testid="note">
      <span className={layout.visuallyHidden}>{t('inbox.noteHidden')} </span>
      <Icon of={IconLock} small /> <b className={typography.strong}>{entry.note?.author}:</b> {entry.note?.text}{' '}
      <span className={clsx(typography.tiny, typography.muted)}>{moment(entry.at, clinic.timeZone, language)}</span>
    </div>
  );
}

function EventLine({ entry }: { entry: ConversationEntry }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const event = entry.event;
  if (!event || event.kind === 'opened') return null;
  const detail =
    event.kind === 'snoozed' && event.detail
      ? moment(event.detail, clinic.timeZone, language)
      : event.kind === 'priority'
        ? t(event.detail === 'urgent' ? 'inbox.urgent' : 'inbox.normal')
        : event.detail;
  return (
    <p className={clsx(styles.event, typography.tiny, typography.muted)}>
      {t(`inbox.event.${event.kind}`, { who: event.actor ?? 'Recado', detail: detail ?? '' })}, {timeOf(entry.at, clinic.timeZone)}
    </p>
  );
}
