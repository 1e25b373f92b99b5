import { IconBrandWhatsapp, IconMessage2, IconSend, IconSun } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { keys } from '../../api/keys';
import { hasCode, isStale, sentenceFor } from '../../api/problems';
import { changeRule } from '../../api/rules';
import type { NotificationRule } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done, failed } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import styles from './Rules.module.css';
import { conditionsOf, inputOf, lead, type Names, nameOf, whenOf } from './rule';

/** One rule as a sentence, with the switch that pauses it. */
export function RuleRow(props: {
  rule: NotificationRule;
  names: Names;
  edits: boolean;
  /** How many it tells in the week that begins today. */
  perWeek: number;
  onOpen: () => void;
}) {
  const { rule, names, edits, perWeek, onOpen } = props;
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const name = nameOf(rule, t);
  const [when, under] = whenOf(rule, t);
  const conditions = conditionsOf(rule, names, t);
  const asks = rule.unansweredOnly;
  const pausing = useMutation({
    mutationFn: (active: boolean) => changeRule(clinic.id, rule, { ...inputOf(rule), active }),
    onSuccess: (saved) => done(t(saved.active ? 'rules.resumed' : 'rules.paused', { name }), t('action.close')),
    onError: (error) => {
      // The number is asked for where there is room to say what it means.
      if (hasCode(error, 'rule-writes-to-many')) onOpen();
      else failed(isStale(error) ? t('rules.stale') : sentenceFor(error, t), t('action.close'));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.of(clinic.id, 'rules') }),
  });
  const shown = pausing.isPending ? pausing.variables : rule.active;
  return (
    <li className={clsx(styles.rule, !shown && styles.off)} data-testid={`rule-${rule.id}`}>
      <div className={styles.when}>
        <b>{when}</b>
        <span>{under}</span>
      </div>
      <div className={styles.knot}>
        <span className={asks ? styles.asks : undefined}>
          <Icon of={asks ? IconMessage2 : rule.trigger === 'same-day' ? IconSun : IconSend} small />
        </span>
      </div>
      <div className={styles.what}>
        <div className={layout.row}>
          <h2 className={styles.name}>
            {edits ? (
              <button type="button" onClick={onOpen}>
                {name}
              </button>
            ) : (
              name
            )}
          </h2>
          <span className={clsx(layout.row, layout.end)}>
            {perWeek > 0 && (
              <Link {...to.rules(clinic.alias, { rule: rule.id })} className={clsx(typography.tiny, typography.muted)}>
                {t('rules.perWeek', { count: perWeek })}
              </Link>
            )}
            <input
              type="checkbox"
              role="switch"
              className={styles.toggle}
              checked={shown}
              aria-checked={shown}
              disabled={!edits || pausing.isPending}
              aria-label={t('rules.activeOf', { name })}
              onChange={(event) => pausing.mutate(event.target.checked)}
            />
          </span>
        </div>
        <p>
          {conditions.length === 0 ? (
            t('rules.sends', { text: t(`kind.${rule.template}`) })
          ) : (
            <>
              {t('rules.if')}{' '}
              {conditions.map((one, at) => (
                <span key={one}>
                  {at > 0 && ` ${t('rules.and')} `}
                  <span className={styles.condition}>{one}</span>
                </span>
              ))}{' '}
              {t('rules.thenSends', { text: t(`kind.${rule.template}`) })}
            </>
          )}
        </p>
        <p className={clsx(typography.small, typography.muted)}>
          <Icon of={IconBrandWhatsapp} small /> WhatsApp
          {rule.latestMinutesBefore > 0 && ` · ${t('rules.latest', { lead: lead(rule.latestMinutesBefore, t) })}`}
          {rule.workingDaysOnly && ` · ${t('rules.workingDaysShort')}`}
          {rule.holdoutPercent !== null && ` · ${t('rules.holdoutOf', { percent: rule.holdoutPercent })}`}
        </p>
      </div>
    </li>
  );
}
