import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { flowVersionsQuery } from '../../api/flows';
import type { Flow, FlowDocument } from '../../api/flowTypes';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';

/** What was published, the newest first; any of them becomes the draft again. Asked for once it is opened. */
export function FlowVersions({ flow, onTake }: { flow: Flow; onTake?: (document: FlowDocument) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const versions = useQuery({ ...flowVersionsQuery(clinic.id, flow.id), enabled: open });
  if (flow.publishedVersion === null && flow.state === 'active') return null;
  return (
    <details className={styles.rules} onToggle={(event) => setOpen(event.currentTarget.open)} data-testid="flow-versions">
      <summary className={typography.strong}>{t('flows.versions')}</summary>
      <ol className={styles.options}>
        {(versions.data ?? []).map((version) => (
          <li key={version.number}>
            <span className={typography.small}>
              {t('flows.version', {
                number: version.number,
                who: version.publishedBy,
                when: moment(version.publishedAt, clinic.timeZone, language),
              })}
            </span>
            {onTake && (
              <Button kind="quiet" small onClick={() => onTake(version.document)}>
                {t('flows.takeVersion', { number: version.number })}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
