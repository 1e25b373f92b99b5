import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useIsFetching, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { assignAnswer } from '../../api/actions';
import { keys } from '../../api/keys';
import { may } from '../../api/may';
import { isStale, sentenceFor } from '../../api/problems';
import { candidatesQuery } from '../../api/queries';
import type { CandidateVisit, InboundMessage } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { useClinicActions } from '../../app/clinicActions';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { done, failed } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import styles from './WhichVisit.module.css';

/** The visits that a yes or a no may be about, or is about; whoever knows the person says which, or what holds for each. */
export function WhichVisit({ answer }: { answer: InboundMessage }) {
  const { t } = useWords();
  const clinic = useClinic();
  const offered = !answer.handledAt && may(clinic, 'handle-answers');
  const { data, isError } = useQuery({ ...candidatesQuery(clinic.id, answer.id), enabled: offered });
  if (!offered || isError || !data) return null;
  const several = answer.reason === 'several-visits';
  if (data.items.length === 0) return <p className={clsx(typography.small, typography.muted)}>{t('conversations.which.none')}</p>;
  return (
    <fieldset className={styles.which} data-testid="which-visit">
      <legend className={clsx(typography.small, typography.strong)}>
        {t(several ? 'conversations.which.each' : 'conversations.which.title')}
      </legend>
      <ul className={styles.visits}>
        {data.items.map((visit) => (
          <Candidate key={visit.appointmentId} answer={answer} visit={visit} reading={data.accepts} />
        ))}
      </ul>
    </fieldset>
  );
}

function Candidate({ answer, visit, reading }: { answer: InboundMessage; visit: CandidateVisit; reading: boolean | null }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const actions = useClinicActions();
  const client = useQueryClient();
  // What is said of one visit makes a new version of the answer: the next one is said to that.
  const renewed = useIsFetching({ queryKey: keys.of(clinic.id, 'conversation-entries') }) === 0;
  const when = moment(visit.start, clinic.timeZone, language);
  const name = visit.patient.displayName;
  const assign = useMutation({
    mutationFn: (accepts: boolean) => assignAnswer(clinic.id, answer, { appointmentId: visit.appointmentId, accepts }),
    // Somebody else was faster: the list shows what they did.
    onError: (error) => isStale(error) || failed(sentenceFor(error, t), t('action.close')),
    onSuccess: (_, accepts) =>
      done(t(accepts ? 'conversations.which.accepted' : 'conversations.which.declined', { name, when }), t('action.close'), {
        label: t('visit.open'),
        run: () => actions.show(visit.appointmentId),
      }),
    onSettled: () => {
      for (const kind of ['inbound', 'conversation-entries', 'appointments'] as const) {
        void client.invalidateQueries({ queryKey: keys.of(clinic.id, kind) });
      }
    },
  });
  const choices = reading === null ? [true, false] : [reading];
  return (
    <li className={styles.visit}>
      <span className={styles.what}>
        <b className={typography.strong}>{name}</b>
        <span className={clsx(typography.small, typography.muted)}>{`${when} · ${visit.practitionerName} · ${visit.serviceName}`}</span>
      </span>
      <span className={styles.choices}>
        {choices.map((accepts) => (
          <Button
            key={String(accepts)}
            small
            disabled={assign.isPending || !renewed}
            onClick={() => assign.mutate(accepts)}
            aria-label={t(accepts ? 'conversations.which.acceptsThis' : 'conversations.which.declinesThis', { name, when })}
            data-testid={accepts ? 'assign-accepts' : 'assign-declines'}
          >
            <Icon of={accepts ? IconCircleCheck : IconCircleX} />
            {t(accepts ? 'conversations.which.accepts' : 'conversations.which.declines')}
          </Button>
        ))}
      </span>
    </li>
  );
}
