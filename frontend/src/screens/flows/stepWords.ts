import {
  IconArrowRight,
  IconCalendarPlus,
  IconFlag,
  IconGitBranch,
  IconHeadset,
  IconHelpCircle,
  IconList,
  IconMessage2,
} from '@tabler/icons-react';
import type { FlowFault, FlowNode, NodeKind } from '../../api/flowTypes';
import type { Translate } from '../../app/clinic';
import type { IconType } from '../../ui/Icon';
import type { Row } from './flowTree';

export const kindIcons: Record<NodeKind, IconType> = {
  message: IconMessage2,
  menu: IconList,
  question: IconHelpCircle,
  condition: IconGitBranch,
  action: IconCalendarPlus,
  'hand-over': IconHeadset,
  jump: IconArrowRight,
  end: IconFlag,
};

/** What a step says first, in whatever language somebody wrote; its id while nobody did. */
export function titleOf(node: FlowNode, t: Translate): string {
  if (node.kind === 'action') return t(`flows.action.${node.action}`);
  if (node.kind === 'condition') return t(`flows.test.${node.test}`);
  const text = 'text' in node ? node.text : null;
  return (text && (text.es || text.en || text.pt)) || t(`flows.kind.${node.kind}`);
}

/** Which way of the step above leads to this line. */
export function wayIn(row: Pick<Row, 'by' | 'from'>, t: Translate): string {
  if (row.by === null) return '';
  if (typeof row.by !== 'object') return t(`flows.way.${row.by}`);
  const option = row.from?.kind === 'menu' ? row.from.options[row.by.option] : undefined;
  return option ? t('flows.ifChosen', { label: option.label.es || option.label.en || option.label.pt || option.id }) : '';
}

/** What is wrong, and in which language. */
export function shortly(fault: FlowFault, t: Translate): string {
  return t(`flows.fault.${fault.code}`) + (fault.language ? ` (${t(`flows.language.${fault.language}`)})` : '');
}

/** A fault in words: where, what, and in which language. */
export const sentence = (fault: FlowFault, t: Translate): string => (fault.node ? `${fault.node}: ` : '') + shortly(fault, t);
