import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { platformLinesQuery } from '../../api/queries';
import { lineStates } from '../../api/states';
import type { LineState, PlatformLine } from '../../api/types';
import { useNow, useWords } from '../../app/clinic';
import { relative } from '../../time/format';
import { Button } from '../../ui/Button';
import chips from '../../ui/chips.module.css';
import filterBar from '../../ui/filterBar.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Skeleton } from '../../ui/Page';
import { lineSigns, Status } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { causeText } from '../line/advice';
import { PlatformHead } from './PlatformHead';
import styles from './PlatformLines.module.css';

/** As many as fit a screen; the ones that need somebody stand first. */
const A_PAGE = 30;

/** Every line of every clinic, the ones that need somebody first and the longest down before the others. */
export function PlatformLines() {
  const { t } = useWords();
  const search = useSearch({ from: '/platform/lines' });
  const navigate = useNavigate({ from: '/platform/lines' });
  const lines = useQuery(platformLinesQuery);
  const now = useNow();
  const [most, setMost] = useState(A_PAGE);
  const show = (state: LineState | undefined) => void navigate({ search: { state } });
  const shown = (lines.data ?? []).filter((line) => !search.state || line.state === search.state).sort(byNeed);
  const of = (state: LineState) => lines.data?.filter((line) => line.state === state).length ?? 0;
  const offered = lineStates.filter((state) => state === search.state || of(state) > 0);
  return (
    <>
      <PlatformHead title={t('line.titleMany')} under={t('platform.linesUnder')} />
      {lines.isPending ? (
        <Skeleton rows={8} />
      ) : lines.isLoadingError ? (
        <LoadError error={lines.error} title={t('platform.linesError')} retry={() => void lines.refetch()} />
      ) : lines.data.length === 0 ? (
        <Empty title={t('platform.linesEmpty')} text={t('platform.linesEmptyText')} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this bar is */}
          <div className={clsx(filterBar.bar, styles.states)} role="group" aria-label={t('messages.state')}>
            <button type="button" className={chips.chip} aria-pressed={!search.state} onClick={() => show(undefined)}>
              {t('platform.allLines')}, {lines.data.length}
            </button>
            {offered.map((state) => (
              <button key={state} type="button" className={chips.chip} aria-pressed={search.state === state} onClick={() => show(state)}>
                <Icon of={lineSigns[state].icon} small />
                {t(`status.${lineSigns[state].word}`)}, {of(state)}
              </button>
            ))}
          </div>
          {shown.length === 0 ? (
            <Empty small title={t('messages.none')} text={t('platform.noneInState')}>
              <Button onClick={() => show(undefined)}>{t('messages.clear')}</Button>
            </Empty>
          ) : (
            <ul className={clsx(lists.ruled, lists.lined)}>
              {shown.slice(0, most).map((line) => (
                <Row key={line.id} line={line} now={now} />
              ))}
            </ul>
          )}
          {shown.length > most && (
            <div className={lists.more}>
              <Button onClick={() => setMost(most + A_PAGE)}>{t('action.more')}</Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Row({ line, now }: { line: PlatformLine; now: string }) {
  const { t, language } = useWords();
  const since = line.downSince ?? line.since;
  return (
    <li className={styles.row} data-testid={`platform-line-${line.id}`}>
      <span className={styles.state}>
        <Status sign={lineSigns[line.state]} bare={line.state === 'linked'} />
      </span>
      <span className={layout.fill}>
        <b className={typography.strong}>{line.organizationName}</b>
        <span className={clsx(typography.small, typography.muted, typography.block)}>
          {t(`engine.${line.engine}`)}
          {!line.defaultLine && `, ${t('platform.secondary')}`}
        </span>
      </span>
      <span className={clsx(typography.small, styles.why)}>{causeText(line.cause, t)}</span>
      <span className={clsx(typography.small, typography.muted, typography.nowrap, styles.when)}>
        {since && <time dateTime={since}>{relative(since, now, language)}</time>}
      </span>
    </li>
  );
}

const rank = (line: PlatformLine) => lineStates.indexOf(line.state);
const byNeed = (a: PlatformLine, b: PlatformLine) =>
  rank(a) - rank(b) ||
  (a.downSince ?? a.since ?? '').localeCompare(b.downSince ?? b.since ?? '') ||
  a.organizationName.localeCompare(b.organizationName);
