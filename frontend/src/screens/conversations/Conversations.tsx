import {
  IconBell,
  IconBellOff,
  IconBrandWhatsapp,
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconEyeOff,
  IconMessageQuestion,
  IconSend,
  IconUserPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { appointmentQuery } from '../../api/agendaQueries';
import { may } from '../../api/may';
import { inboundQuery, writtenQuery } from '../../api/queries';
import type { Addressee, InboundMessage, InboundOutcome, Message, Patient } from '../../api/types';
import { LineBanner } from '../../app/Banners';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { type ConversationsSearch, to } from '../../app/paths';
import { dateOf } from '../../time/clinicTime';
import { moment } from '../../time/format';
import { Button, buttonLook } from '../../ui/Button';
import bubbles from '../../ui/bubbles.module.css';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { Icon, type IconType } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { messageSigns, StatusLabel, type Tone, visitState } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { WriteDialog } from '../messages/WriteDialog';
import { PatientForm } from '../patients/PatientForm';
import { AcceptNumber } from './AcceptNumber';
import { Extras } from './Attachment';
import styles from './Conversations.module.css';
import { HandleButton, useHandling } from './HandleButton';
import { InboundContent, Revisions } from './InboundContent';
import { WhichVisit } from './WhichVisit';

const outcomes: Record<InboundOutcome, { tone: Tone; icon: IconType }> = {
  accepted: { tone: 'ok', icon: IconCircleCheck },
  declined: { tone: 'no', icon: IconCircleX },
  cancelled: { tone: 'mute', icon: IconCalendarX },
  'opted-out': { tone: 'mute', icon: IconBellOff },
  'opted-in': { tone: 'ok', icon: IconBell },
  'for-staff': { tone: 'wait', icon: IconMessageQuestion },
  ignored: { tone: 'mute', icon: IconEyeOff },
};

/** What patients wrote: what still needs a person, and what is settled. */
export function Conversations() {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/conversations' });
  const navigate = useNavigate({ from: '/c/$clinic/conversations' });
  const open = search.show !== 'handled';
  const answers = useQuery(inboundQuery(clinic.id, open));
  const oldest = answers.data?.map((answer) => answer.sentAt).sort()[0];
  const written = useQuery({ ...writtenQuery(clinic.id, oldest ? dateOf(oldest, clinic.timeZone) : ''), enabled: oldest !== undefined });
  return (
    <>
      <PageHead title={t('nav.conversations')} under={t('conversations.under')}>
        <Segments
          label={t('conversations.show')}
          value={open ? 'open' : 'handled'}
          onChange={(value) =>
            void navigate({ search: { show: value === 'handled' ? 'handled' : undefined } satisfies ConversationsSearch })
          }
          options={[
            { value: 'open', label: t('conversations.open') },
            { value: 'handled', label: t('conversations.handledTab') },
          ]}
        />
      </PageHead>
      <LineBanner />
      {answers.isPending ? (
        <Skeleton rows={6} tall />
      ) : answers.isLoadingError ? (
        <LoadError error={answers.error} title={t('conversations.error')} retry={() => void answers.refetch()} />
      ) : answers.data.length === 0 ? (
        <Empty
          art="spike"
          title={t(open ? 'conversations.allDone' : 'conversations.nothing')}
          text={t(open ? 'conversations.allDoneText' : 'conversations.nothingText')}
        />
      ) : (
        <ul className={lists.ruled} data-testid="answers">
          {answers.data.map((answer) => (
            <Answer key={answer.id} answer={answer} replies={repliesTo(answer, written.data ?? [])} />
          ))}
        </ul>
      )}
    </>
  );
}

const isTo = (whom: { id: string } | null, id: string | null | undefined): boolean => whom !== null && whom.id === id;

/** What was written to that person after their message, oldest first. */
const repliesTo = (answer: InboundMessage, written: Message[]): Message[] =>
  written
    .filter((one) => (isTo(one.patient, answer.patient?.id) || isTo(one.contact, answer.contactId)) && one.createdAt > answer.sentAt)
    .sort((a, b) => a.createdAt.localeCompare(b.createdAt));

function Answer({ answer, replies }: { answer: InboundMessage; replies: Message[] }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const [writing, setWriting] = useState(false);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<Patient | null>(null);
  const handling = useHandling(answer);
  const person = answer.patient ?? added;
  const asks = answer.reason === 'ask-staff' && !answer.handledAt;
  const about = useQuery({ ...appointmentQuery(clinic.id, answer.appointmentId ?? ''), enabled: asks && answer.appointmentId !== null });
  const reason = asks && about.data && visitState(about.data) === 'cancelled' ? 'cancelled-since' : answer.reason;
  const sign = outcomes[answer.outcome];
  const addressee: Addressee | null = person
    ? { kind: 'patient', id: person.id }
    : answer.contactId
      ? { kind: 'contact', id: answer.contactId }
      : null;
  const called = answer.senderName ?? t(answer.phone ? 'conversations.unknownSender' : 'conversations.noNumber');
  return (
    <li className={styles.answer} data-testid={`inbound-${answer.id}`}>
      <div>
        {answer.patient ? (
          <Link className={clsx(typography.strong, styles.person)} {...to.patient(clinic.alias, answer.patient.id)}>
            {answer.patient.displayName}
          </Link>
        ) : (
          <b className={typography.strong}>{called}</b>
        )}
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {answer.phone ? phoneText(answer.phone) : answer.senderName && t('conversations.noNumber')}
        </span>
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {moment(answer.sentAt, clinic.timeZone, language)}
        </span>
      </div>
      <div>
        <div className={clsx(bubbles.bubble, bubbles.received)}>
          <InboundContent message={answer} />
          <Extras message={answer} />
        </div>
        <Revisions message={answer} />
        <div className={clsx(layout.row, layout.wrap, styles.outcome)}>
          <StatusLabel tone={sign.tone} icon={sign.icon} bare={answer.outcome !== 'for-staff'}>
            {t(`conversations.outcome.${answer.outcome}`)}
          </StatusLabel>
          {reason && (
            <span className={clsx(typography.small, typography.muted)}>
              {t(`conversations.reason.${reason === 'unknown-sender' && !answer.phone ? 'unknown-number' : reason}`, { defaultValue: '' })}
            </span>
          )}
          {answer.handledAt && (
            <span className={clsx(typography.small, typography.muted)}>
              {t('conversations.handledAt', { when: moment(answer.handledAt, clinic.timeZone, language), who: answer.handledBy ?? '' })}
            </span>
          )}
        </div>
        {answer.reason === 'ambiguous' && <WhichVisit answer={answer} />}
        {replies.map((reply) => (
          <div key={reply.id} className={styles.reply} data-testid="reply">
            <div className={clsx(bubbles.bubble, bubbles.sent)}>
              {[reply.fileName, reply.text].filter(Boolean).join(': ') || t('kind.manual')}
            </div>
            <span className={clsx(typography.tiny, typography.muted)}>
              {moment(reply.createdAt, clinic.timeZone, language)} · {t(`status.${messageSigns[reply.state].word}`)}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.actions}>
        <AcceptNumber answer={answer} />
        {answer.appointmentId && (
          <Button kind="quiet" small onClick={() => actions.show(answer.appointmentId as string)}>
            {t('visit.open')}
          </Button>
        )}
        {addressee && may(clinic, 'write-messages') && (
          <Button small onClick={() => setWriting(true)} data-testid="write">
            <Icon of={IconSend} />
            {t('write.reply')}
          </Button>
        )}
        {!person && answer.phone && answer.reason !== 'ambiguous' && may(clinic, 'edit-patients') && (
          <Button small onClick={() => setAdding(true)} data-testid="add-sender">
            <Icon of={IconUserPlus} />
            {t('patients.new')}
          </Button>
        )}
        {answer.phone && (
          <a
            className={clsx(buttonLook({ small: true }), addressee && layout.notOnPhone)}
            href={`https://wa.me/${answer.phone.replace('+', '')}`}
            target="_blank"
            rel="noreferrer noopener"
          >
            <Icon of={IconBrandWhatsapp} />
            {t('conversations.reply')}
          </a>
        )}
        <HandleButton answer={answer} />
      </div>
      {addressee && (
        // Whoever was written to has been attended to.
        <WriteDialog
          opened={writing}
          addressee={addressee}
          name={person?.displayName ?? called}
          onClose={() => setWriting(false)}
          onSent={answer.handledAt ? undefined : () => handling.mutate()}
        />
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('patients.new')}>
        <PatientForm
          typed={answer.phone ?? ''}
          named={answer.senderName ?? undefined}
          saveLabel={t('patients.save')}
          onCancel={() => setAdding(false)}
          onSaved={(saved) => {
            setAdded(saved);
            setAdding(false);
          }}
        />
      </Dialog>
    </li>
  );
}
