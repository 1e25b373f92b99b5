import type { Conversation, ConversationEntry, FoundInConversation } from '../../api/conversations';
import type { Translate } from '../../app/clinic';
import { phoneText } from '../../ui/phone';

/** How a conversation is called: who it is with in the register, else as they call themselves, else their number. */
export function nameOf(one: Pick<Conversation | FoundInConversation, 'patients' | 'contact'>, t: Translate): string {
  if (one.patients.length > 0) return one.patients.map((patient) => patient.displayName).join(', ');
  return one.contact.name ?? (one.contact.phone ? phoneText(one.contact.phone) : t('conversations.noNumber'));
}

/** What may stand in a saved reply; what is not known stays visible, so that nobody sends it unseen. */
export function filled(text: string, known: Record<string, string | null | undefined>): string {
  return text.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (field, name: string) => known[name] ?? field);
}

/** The word behind a slash at the beginning of what is typed; null when none is begun. */
export function slashed(text: string): string | null {
  const begun = /^\/([a-z0-9-]*)$/i.exec(text.trim());
  return begun ? (begun[1] as string).toLowerCase() : null;
}

/** The words of something that was said; null for none. */
export const wordsOf = (entry: ConversationEntry | undefined): string | null => entry?.inbound?.text ?? entry?.outbound?.text ?? null;

/** What may be quoted and is more than words. */
const KINDS = ['image', 'video', 'audio', 'voice', 'document', 'sticker', 'location', 'contact'] as const;

/** What an entry is where it is more than words; null for words. */
export function kindOf(entry: ConversationEntry): (typeof KINDS)[number] | null {
  const kind = entry.inbound?.kind ?? entry.outbound?.contentKind;
  return KINDS.find((each) => each === kind) ?? null;
}
