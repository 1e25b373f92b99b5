import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { flowVersionsQuery } from '../../api/flows';
import type { Flow, FlowDocument } from '../../api/flowTypes';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';
import { differences } from './flowDiff';
import { titleOf } from './stepWords';

/** What was published, the newest first: what differs from what is written now, and the way back. Asked for once it is opened. */
export function FlowVersions(props: { flow: Flow; document: FlowDocument; onTake?: (document: FlowDocument) => void }) {
  const { flow, document, onTake } = props;
  const { t, language } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const [compared, setCompared] = useState<number | null>(null);
  const versions = useQuery({ ...flowVersionsQuery(clinic.id, flow.id), enabled: open });
  if (flow.publishedVersion === null && flow.state === 'active') return null;
  return (
    <details className={styles.fold} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid="flow-versions">
      <summary className={typography.strong}>{t('flows.versions')}</summary>
      <ol className={styles.options}>
        {(versions.data ?? []).map((version) => (
          <li key={version.number}>
            <div className={clsx(layout.row, layout.wrap)}>
              <span className={clsx(typography.small, layout.fill)}>
                {t('flows.version', {
                  number: version.number,
                  who: version.publishedBy,
                  when: moment(version.publishedAt, clinic.timeZone, language),
                })}
              </span>
              <Button
                small
                aria-expanded={compared === version.number}
                onClick={() => setCompared(compared === version.number ? null : version.number)}
                data-testid={`compare-${version.number}`}
              >
                {t('flows.compare')}
              </Button>
              {onTake && (
                <Button kind="quiet" small onClick={() => onTake(version.document)}>
                  {t('flows.takeVersion', { number: version.number })}
                </Button>
              )}
            </div>
            {compared === version.number && <Differences before={version.document} after={document} />}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** From that version to what is written now. */
function Differences({ before, after }: { before: FlowDocument; after: FlowDocument }) {
  const { t } = useWords();
  const found = differences(before, after);
  if (found.length === 0) return <p className={clsx(typography.small, typography.muted)}>{t('flows.nothingDiffers')}</p>;
  return (
    <ul className={clsx(typography.small, styles.differences)} data-testid="differences">
      {found.map(({ kind, node, parts }) => (
        <li key={`${kind} ${node?.id ?? ''}`} data-kind={kind}>
          <b>{t(`flows.differs.${kind}`)}</b> {node ? titleOf(node, t) : t('flows.differs.whole')}
          {parts.length > 0 && `: ${parts.map((part) => t(`flows.part.${part}`)).join(', ')}`}
        </li>
      ))}
    </ul>
  );
}
