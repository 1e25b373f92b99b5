import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { type CannedReply, cannedRepliesQuery, type InboxMember, inboxMembersQuery } from '../../api/conversations';
import { useClinic, useWords } from '../../app/clinic';
import { fold } from '../../ui/fold';
import typography from '../../ui/typography.module.css';
import styles from './ReplyBox.module.css';

const SHOWN = 8;

/** Saved replies whose shortcut begins as typed. */
export function CannedList(props: { typed: string; area: RefObject<HTMLTextAreaElement | null>; onChoose: (reply: CannedReply) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const all = useQuery(cannedRepliesQuery(clinic.id)).data ?? [];
  const fitting = all.filter((reply) => reply.shortcut.startsWith(props.typed)).slice(0, SHOWN);
  return (
    <Options
      label={t('inbox.canned')}
      area={props.area}
      options={fitting.map((reply) => ({
        key: reply.id,
        word: `/${reply.shortcut}`,
        more: reply.text,
        choose: () => props.onChoose(reply),
      }))}
    />
  );
}

/** Colleagues whose name begins as typed after an at sign. */
export function MentionList(props: {
  typed: string;
  area: RefObject<HTMLTextAreaElement | null>;
  onChoose: (member: InboxMember) => void;
}) {
  const { t } = useWords();
  const clinic = useClinic();
  const all = useQuery(inboxMembersQuery(clinic.id)).data ?? [];
  const fitting = all.filter((member) => !member.you && fold(member.name).startsWith(fold(props.typed))).slice(0, SHOWN);
  return (
    <Options
      label={t('inbox.mention')}
      area={props.area}
      options={fitting.map((member) => ({ key: member.memberId, word: member.name, more: '', choose: () => props.onChoose(member) }))}
    />
  );
}

interface Option {
  key: string;
  word: string;
  more: string;
  choose: () => void;
}

/** A list below which one goes on typing: arrows choose, Enter or Tab takes. */
function Options({ label, area, options }: { label: string; area: RefObject<HTMLTextAreaElement | null>; options: Option[] }) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, Math.max(0, options.length - 1));
  const now = useRef({ options, at });
  now.current = { options, at };
  useEffect(() => {
    const input = area.current;
    if (!input) return;
    const press = (event: KeyboardEvent) => {
      const { options: all, at: place } = now.current;
      if (all.length === 0 || event.ctrlKey || event.metaKey) return;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step) setChosen((place + step + all.length) % all.length);
      else if (event.key === 'Enter' || event.key === 'Tab') all[place]?.choose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    input.addEventListener('keydown', press);
    return () => input.removeEventListener('keydown', press);
  }, [area]);
  useEffect(() => {
    const input = area.current;
    const active = options[at];
    if (!input || !active) return;
    input.setAttribute('aria-controls', id);
    input.setAttribute('aria-activedescendant', `${id}-${active.key}`);
    return () => {
      input.removeAttribute('aria-controls');
      input.removeAttribute('aria-activedescendant');
    };
  });
  if (options.length === 0) return null;
  return (
    <div className={styles.list} id={id} role="listbox" aria-label={label} data-testid="suggestions">
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard where one types
        <div
          key={option.key}
          id={`${id}-${option.key}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onMouseDown={(event) => event.preventDefault()}
          onClick={option.choose}
        >
          <b className={typography.strong}>{option.word}</b>
          <span className={clsx(typography.small, typography.muted, typography.ellipsis)}>{option.more}</span>
        </div>
      ))}
    </div>
  );
}
