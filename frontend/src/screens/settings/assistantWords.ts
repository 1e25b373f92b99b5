import type { AssistantTurn } from '../../api/assistant';
import type { Translate } from '../../app/clinic';

/** Causes that say no more than the outcome beside them. */
const saidByOutcome = ['rules', 'flow'];

const statusWord = (status: string, t: Translate): string =>
  status === '401' || status === '403'
    ? t('assistant.causes.key')
    : status === '429'
      ? t('assistant.causes.busy')
      : t('assistant.causes.status', { status });

/** Why a turn of the assistant ended as it did; a code without words of its own as the API has it. */
export function causeWord({ cause }: Pick<AssistantTurn, 'cause'>, t: Translate): string | null {
  if (!cause || saidByOutcome.includes(cause)) return null;
  return cause.startsWith('status-')
    ? statusWord(cause.slice('status-'.length), t)
    : t(`assistant.causes.${cause}`, { defaultValue: cause });
}

const looked = ['found', 'none', 'not-free'];

/** Of judgements of messages only one that did not come is told: what was judged is the outcome. */
const told = (tool: string): boolean => !tool.startsWith('moderation:');
const unjudged = 'moderation:failed';

/** What it came to while it looked at the agenda, each thing once; a call that ended the turn is what the outcome says. */
export const lookedWords = ({ tools }: Pick<AssistantTurn, 'tools'>, t: Translate): string[] => [
  ...(tools.includes(unjudged) ? [t('assistant.looked.unjudged')] : []),
  ...new Set(
    tools
      .filter(told)
      .map((tool) => tool.split(':').at(-1) ?? '')
      .filter((came) => came !== 'taken')
      .map((came) => t(`assistant.looked.${looked.includes(came) ? came : 'wrong'}`)),
  ),
];
