import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { explanationQuery, rulesQuery } from '../../api/rules';
import type { MessageState, NotificationExplanation } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import lists from '../../ui/lists.module.css';
import { LoadError, Skeleton } from '../../ui/Page';
import { messageSigns } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './Forecast.module.css';
import { nameOf, whenOf } from './rule';

/** Why a patient was told of a visit or was not, rule by rule; asked for, because it is rarely wanted. */
export function WhyTold({ appointmentId }: { appointmentId: string }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="link" className={typography.small} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="why-told">
        {t('why.ask')}
      </Button>
      {open && <Explanations appointmentId={appointmentId} />}
    </>
  );
}

function Explanations({ appointmentId }: { appointmentId: string }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const explained = useQuery(explanationQuery(clinic.id, appointmentId));
  const rules = useQuery(rulesQuery(clinic.id));
  if (explained.isLoadingError) return <LoadError error={explained.error} title={t('why.error')} retry={() => void explained.refetch()} />;
  if (!explained.data || !rules.data) return <Skeleton rows={4} />;
  const called = (one: NotificationExplanation) => {
    const rule = rules.data.find((each) => each.id === one.ruleId);
    return rule ? `${nameOf(rule, t)} · ${whenOf(rule, t).join(' ')}` : t('why.noRule', { kind: t(`kind.${one.kind}`) });
  };
  const said = (one: NotificationExplanation): string => {
    if (one.outcome !== 'message') return t(`why.outcome.${one.outcome}`);
    if (one.outlook && one.outlook !== 'leaves') return t(`forecast.outlooks.${one.outlook}`);
    const state = t(`status.${messageSigns[one.state as MessageState].word}`);
    return one.reason ? `${state}. ${t(`reason.${one.reason}`, { defaultValue: '' })}` : state;
  };
  return (
    <ul className={clsx(lists.ruled, lists.lined)} data-testid="why-list">
      {explained.data.map((one) => (
        <li key={one.ruleId ?? one.messageId} className={styles.message}>
          <b className={clsx(typography.small, typography.strong)}>{called(one)}</b>
          <span className={clsx(typography.small, typography.muted)}>{one.dueAt ? moment(one.dueAt, clinic.timeZone, language) : ''}</span>
          <span className={typography.small}>{said(one)}</span>
        </li>
      ))}
    </ul>
  );
}
