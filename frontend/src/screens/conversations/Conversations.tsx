import {
  IconBellOff,
  IconBrandWhatsapp,
  IconCalendarX,
  IconCircleCheck,
  IconCircleX,
  IconEyeOff,
  IconMessageQuestion,
  IconSend,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { may } from '../../api/may';
import { inboundQuery } from '../../api/queries';
import type { InboundMessage, InboundOutcome } from '../../api/types';
import { LineBanner } from '../../app/Banners';
import { useClinic, useWords } from '../../app/clinic';
import { useDesk } from '../../app/desk';
import { type ConversationsSearch, to } from '../../app/paths';
import { moment } from '../../time/format';
import { Segments } from '../../ui/Field';
import { Icon, type IconType } from '../../ui/Icon';
import { Empty, LoadError, PageHead, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import { WriteDialog } from '../messages/WriteDialog';
import { Extras } from './Attachment';
import { HandleButton } from './HandleButton';

const outcomes: Record<InboundOutcome, { tone: string; icon: IconType }> = {
  accepted: { tone: 'ok', icon: IconCircleCheck },
  declined: { tone: 'no', icon: IconCircleX },
  cancelled: { tone: 'mute', icon: IconCalendarX },
  'opted-out': { tone: 'mute', icon: IconBellOff },
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
      ) : answers.isError ? (
        <LoadError error={answers.error} title={t('conversations.error')} retry={() => void answers.refetch()} />
      ) : answers.data.length === 0 ? (
        <Empty
          art="spike"
          title={t(open ? 'conversations.allDone' : 'conversations.nothing')}
          text={t(open ? 'conversations.allDoneText' : 'conversations.nothingText')}
        />
      ) : (
        <ul className="convs ruled">
          {answers.data.map((answer) => (
            <Answer key={answer.id} answer={answer} />
          ))}
        </ul>
      )}
    </>
  );
}

function Answer({ answer }: { answer: InboundMessage }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const desk = useDesk();
  const [writing, setWriting] = useState(false);
  const sign = outcomes[answer.outcome];
  return (
    <li className="conv" data-testid={`inbound-${answer.id}`}>
      <div className="conv-w">
        {answer.patient ? (
          <Link className="b who-l" {...to.patient(clinic.alias, answer.patient.id)}>
            {answer.patient.displayName}
          </Link>
        ) : (
          <b className="b">{answer.senderName ?? t('conversations.unknownSender')}</b>
        )}
        <span className="small muted blk">{answer.phone ? phoneText(answer.phone) : ''}</span>
        <span className="small muted blk">{moment(answer.sentAt, clinic.timeZone, language)}</span>
      </div>
      <div className="conv-t">
        <div className="bub in">
          {answer.text ?? t(`conversations.kind.${answer.kind}`, { defaultValue: t('conversations.kind.other') })}
          <Extras message={answer} />
        </div>
        <div className="row wrap conv-m">
          <span className={`st ${sign.tone}${answer.outcome === 'for-staff' ? '' : ' bare'}`}>
            <Icon of={sign.icon} small />
            {t(`conversations.outcome.${answer.outcome}`)}
          </span>
          {answer.reason && <span className="small muted">{t(`conversations.reason.${answer.reason}`, { defaultValue: '' })}</span>}
          {answer.handledAt && (
            <span className="small muted">
              {t('conversations.handledAt', { when: moment(answer.handledAt, clinic.timeZone, language), who: answer.handledBy ?? '' })}
            </span>
          )}
        </div>
      </div>
      <div className="conv-a">
        {answer.appointmentId && (
          <button type="button" className="btn quiet sm" onClick={() => desk.show(answer.appointmentId as string)}>
            {t('visit.open')}
          </button>
        )}
        {answer.patient && may(clinic, 'write-messages') && (
          <button type="button" className="btn sm" onClick={() => setWriting(true)} data-testid="write">
            <Icon of={IconSend} />
            {t('write.reply')}
          </button>
        )}
        {answer.phone && (
          <a
            className={answer.patient ? 'btn sm hide-m' : 'btn sm'}
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
      {answer.patient && <WriteDialog opened={writing} patient={answer.patient} onClose={() => setWriting(false)} />}
    </li>
  );
}
