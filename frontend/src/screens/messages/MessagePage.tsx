import { IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { sendAgain } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { allows, may } from '../../api/may';
import { messageQuery } from '../../api/queries';
import type { Message } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { to } from '../../app/paths';
import { dateOf, timeOf } from '../../time/clinicTime';
import { moment, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import bubbles from '../../ui/bubbles.module.css';
import { FormError } from '../../ui/FormError';
import facts from '../../ui/facts.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import notes from '../../ui/notes.module.css';
import { done } from '../../ui/notices';
import { LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import { phoneText } from '../../ui/phone';
import proofSteps from '../../ui/proofSteps.module.css';
import { MessageStatus, messageSigns, stepTones } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { recipientOf } from './recipient';
import { SettleButtons } from './SettleButtons';
import { humanSteps } from './steps';

/** One message: what it said, each step of its life, and what a person can still do about it. */
export function MessagePage() {
  const { t } = useWords();
  const clinic = useClinic();
  const { id } = useParams({ from: '/c/$clinic/messages/$id' });
  const message = useQuery(messageQuery(clinic.id, id));
  const above = <Link {...to.messages(clinic.alias)}>{t('nav.messages')}</Link>;
  if (!message.data) {
    return (
      <>
        <PageHead title={t('messages.one')} above={above} />
        {message.isLoadingError ? (
          <LoadError error={message.error} title={t('messages.error')} retry={() => void message.refetch()} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  }
  return (
    <>
      <PageHead
        title={t(`kind.${message.data.kind}`)}
        above={above}
        under={
          <>
            {t('messages.for')}{' '}
            {message.data.patient ? (
              <Link {...to.patient(clinic.alias, message.data.patient.id)}>{message.data.patient.displayName}</Link>
            ) : (
              recipientOf(message.data, t)
            )}
          </>
        }
      >
        <MessageStatus state={message.data.state} />
      </PageHead>
      <Life message={message.data} />
    </>
  );
}

function Life({ message }: { message: Message }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const actions = useClinicActions();
  const navigate = useNavigate();
  const intention = useRef(new Intention());
  const [every, setEvery] = useState(false);
  const again = useMutation({
    mutationFn: () => intention.current.carryOut({ again: message.id }, (key) => sendAgain(clinic.id, message, key)),
    onSuccess: (next) => {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'messages') });
      done(t('messages.againDone'), t('action.close'));
      void navigate(to.message(clinic.alias, next.id));
    },
    onError: () => void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'messages', 'one', message.id) }),
  });
  const at = (instant: string) => moment(instant, clinic.timeZone, language);
  return (
    <div className={layout.mainAndSide}>
      <div className={layout.fill}>
        {allows.settle(message) && (
          <div className={notes.verify}>
            <b className={typography.strong}>{t('messages.unknownTitle')}</b>
            <p className={clsx(typography.small, typography.muted, typography.remark)}>
              {t('messages.unknownText', { kind: t(`kind.${message.kind}`) })}
            </p>
            <div className={clsx(layout.row, layout.wrap)}>
              <SettleButtons message={message} />
            </div>
          </div>
        )}
        <Section title={t('messages.life')}>
          {humanSteps(message.steps ?? []).length < (message.steps ?? []).length && (
            <Button kind="link" className={typography.small} aria-expanded={every} onClick={() => setEvery(!every)}>
              {t(every ? 'messages.fewer' : 'messages.every')}
            </Button>
          )}
          {may(clinic, 'settle-messages') && allows.sendAgain(message) && (
            <Button small className={layout.end} disabled={again.isPending} onClick={() => again.mutate()} data-testid="send-again">
              <Icon of={IconSend} />
              {t('messages.again')}
            </Button>
          )}
        </Section>
        <FormError error={again.error} />
        <div className={proofSteps.stub}>
          <ol className={proofSteps.steps}>
            {(every ? (message.steps ?? []) : humanSteps(message.steps ?? [])).map((step) => {
              const sign = messageSigns[step.state];
              return (
                <li key={`${step.at}${step.state}`}>
                  <div className={proofSteps.time}>
                    {timeOf(step.at, clinic.timeZone)}
                    <small>{shortDate(dateOf(step.at, clinic.timeZone), language)}</small>
                  </div>
                  <div className={proofSteps.dot}>
                    <span className={stepTones[sign.tone]} data-tone={sign.tone}>
                      <Icon of={sign.icon} small />
                    </span>
                  </div>
                  <div className={proofSteps.text}>
                    <b className={typography.strong}>{t(`status.${sign.word}`)}</b>
                    <div className={clsx(typography.small, typography.muted)}>
                      {step.reason ? t(`reason.${step.reason}`, { defaultValue: step.reason }) : t(`messages.means.${step.state}`)}
                    </div>
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      </div>
      <aside>
        <Section title={t('messages.text')} />
        {message.text || message.fileName ? (
          <div className={clsx(bubbles.bubble, bubbles.sent, bubbles.full)}>
            {[message.fileName, message.text].filter(Boolean).join(': ')}
          </div>
        ) : (
          <p className={clsx(typography.small, typography.muted)}>{t('messages.noText')}</p>
        )}
        <dl className={clsx(facts.facts, facts.wide, layout.spaced)}>
          <dt>{t('visit.phone')}</dt>
          <dd>{message.phone ? phoneText(message.phone) : '—'}</dd>
          <dt>{t('messages.due')}</dt>
          <dd>{at(message.dueAt)}</dd>
          <dt>{t('messages.useful')}</dt>
          <dd>{at(message.usefulUntil)}</dd>
          {message.carriedBy && (
            <>
              <dt>{t('messages.carried')}</dt>
              <dd>
                <Link {...to.message(clinic.alias, message.carriedBy)}>{t('messages.carriedBy')}</Link>
              </dd>
            </>
          )}
          {message.appointmentId && (
            <>
              <dt>{t('visit.title')}</dt>
              <dd>
                <Button kind="link" onClick={() => actions.show(message.appointmentId as string)}>
                  {t('visit.open')}
                </Button>
              </dd>
            </>
          )}
        </dl>
      </aside>
    </div>
  );
}
