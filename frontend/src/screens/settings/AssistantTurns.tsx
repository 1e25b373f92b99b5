import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { type AssistantTurn, assistantFiguresQuery, assistantTurnsQuery } from '../../api/assistant';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import { SelectField } from '../../ui/Field';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { AssistantThumbs } from './AssistantThumbs';
import { causeWord, lookedWords } from './assistantWords';
import settings from './settings.module.css';

/** US dollars of millionths. */
const dollars = (micros: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(
    micros / 1_000_000,
  );

/** Of so many days figures are shown. */
const spans = [7, 30, 90] as const;

/** What the assistant did: causes, facts and cost; words stand in the conversation. */
export function AssistantTurns() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const turns = useInfiniteQuery(assistantTurnsQuery(clinic.id));
  const [days, setDays] = useState(30);
  const figures = useQuery(assistantFiguresQuery(clinic.id, days));
  const all = turns.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <Section title={t('assistant.log')} />
      {all.length > 0 && (
        <SelectField label={t('assistant.since')} value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {spans.map((span) => (
            <option key={span} value={span}>
              {t('assistant.days', { count: span })}
            </option>
          ))}
        </SelectField>
      )}
      {figures.data && figures.data.turns > 0 && (
        <p className={typography.small} data-testid="assistant-figures">
          {t('assistant.figures', {
            conversations: figures.data.conversations,
            resolved: figures.data.resolved,
            handedOver: figures.data.handedOver,
            actions: figures.data.actions,
            cost: dollars(figures.data.costMicros, language),
            each: dollars(figures.data.costMicrosPerConversation, language),
          })}
        </p>
      )}
      {turns.isPending ? (
        <Skeleton rows={4} />
      ) : turns.isLoadingError ? (
        <LoadError error={turns.error} title={t('settings.error')} retry={() => void turns.refetch()} />
      ) : all.length === 0 ? (
        <Empty small title={t('assistant.noTurns')} text={t('assistant.noTurnsText')} />
      ) : (
        <ul className={clsx(lists.ruled, lists.lined)} data-testid="assistant-turns">
          {all.map((turn) => (
            <Row key={turn.id} turn={turn} />
          ))}
        </ul>
      )}
      {turns.hasNextPage && (
        <Button onClick={() => void turns.fetchNextPage()} disabled={turns.isFetchingNextPage}>
          {t('assistant.more')}
        </Button>
      )}
    </>
  );
}

function Row({ turn }: { turn: AssistantTurn }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const about = [
    causeWord(turn, t),
    ...lookedWords(turn, t),
    turn.calls > 0 && t('assistant.used', { tokens: turn.inputTokens + turn.outputTokens, cost: dollars(turn.costMicros, language) }),
    turn.factsCited.length > 0 && t('assistant.cited', { count: turn.factsCited.length }),
  ].filter(Boolean);
  return (
    <li className={settings.row}>
      <Link {...to.conversations(clinic.alias, { id: turn.conversationId })} className={typography.strong}>
        {t(turn.outcome ? `assistant.outcome.${turn.outcome}` : 'assistant.outcome.waiting')}
      </Link>
      <span className={clsx(typography.small, typography.muted)}>
        {[moment(turn.takenAt, clinic.timeZone, language), ...about].join(' · ')}
      </span>
      <span className={clsx(layout.row, settings.rowEnd)}>
        <AssistantThumbs turn={turn} />
      </span>
    </li>
  );
}
