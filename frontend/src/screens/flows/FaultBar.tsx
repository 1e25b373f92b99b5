import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { FlowDocument, FlowFault } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { StatusLabel } from '../../ui/Status';
import styles from './Flows.module.css';
import { shortly, titleOf } from './stepWords';

/** More would push the flow out of sight; the list names the others at their steps. */
const SHOWN = 4;

/** What stands in the way of publishing, each a way to its step. Remarks come last and stand in the way of nothing. */
export function FaultBar(props: { document: FlowDocument; faults: FlowFault[]; onOpen: (node: string) => void }) {
  const { t } = useWords();
  const blocking = props.faults.filter((fault) => !fault.warning);
  const ordered = [...blocking, ...props.faults.filter((fault) => fault.warning)];
  return (
    <div className={styles.faults} role="status" data-testid="flow-faults">
      {blocking.length === 0 ? (
        <StatusLabel tone="ok" icon={IconCircleCheck} bare>
          {t('flows.noFaults')}
        </StatusLabel>
      ) : (
        <StatusLabel tone="no" icon={IconAlertTriangle}>
          {t('flows.faults', { count: blocking.length })}
        </StatusLabel>
      )}
      {ordered.slice(0, SHOWN).map((fault) => {
        const node = props.document.nodes.find((one) => one.id === fault.node);
        const key = [fault.code, fault.node, fault.field, fault.language].join('/');
        return node ? (
          <Button key={key} kind="link" onClick={() => props.onOpen(node.id)}>
            {titleOf(node, t)}: {shortly(fault, t)}
          </Button>
        ) : (
          <span key={key}>{shortly(fault, t)}</span>
        );
      })}
      {ordered.length > SHOWN && <span>{t('flows.moreFaults', { count: ordered.length - SHOWN })}</span>}
    </div>
  );
}
