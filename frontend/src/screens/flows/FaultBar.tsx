import type { FlowFault } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import styles from './Flows.module.css';

/** What stands in the way of publishing, each a way to its step. Remarks come last and stand in the way of nothing. */
export function FaultBar({ faults, onOpen }: { faults: FlowFault[]; onOpen: (node: string) => void }) {
  const { t } = useWords();
  const blocking = faults.filter((fault) => !fault.warning);
  const shown = [...blocking, ...faults.filter((fault) => fault.warning)];
  return (
    <div className={styles.faults} role="status" data-testid="flow-faults">
      <p>{blocking.length === 0 ? t('flows.noFaults') : t('flows.faults', { count: blocking.length })}</p>
      {shown.length > 0 && (
        <ul>
          {shown.map((fault) => (
            <li key={[fault.code, fault.node, fault.field, fault.language].join('/')}>
              {fault.node ? (
                <Button kind="link" onClick={() => onOpen(fault.node ?? '')}>
                  {sentence(fault, t)}
                </Button>
              ) : (
                sentence(fault, t)
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A fault in words: where, what, and in which language. */
export function sentence(fault: FlowFault, t: (key: string, values?: Record<string, unknown>) => string): string {
  const what = t(`flows.fault.${fault.code}`);
  const where = fault.node ? `${fault.node}: ` : '';
  return where + what + (fault.language ? ` (${t(`flows.language.${fault.language}`)})` : '');
}
