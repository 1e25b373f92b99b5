import { Popover } from '@mantine/core';
import { IconClockHour4, IconMicrophone, IconMoodSmile, IconPaperclip, IconSend, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { type Dispatch, type KeyboardEvent, type SetStateAction, useEffect, useRef, useState } from 'react';
import { uploadMedia } from '../../api/actions';
import type { Conversation, ConversationEntry } from '../../api/conversations';
import * as inbox from '../../api/conversations';
import { keys } from '../../api/keys';
import { hasCode, sentenceFor } from '../../api/problems';
import { linesQuery, patientVisitsQuery, writingLinesQuery } from '../../api/queries';
import type { ManualContent, Upload } from '../../api/types';
import { useClinic, usePerson, useWords } from '../../app/clinic';
import { dateOf, instantNow, timeOf } from '../../time/clinicTime';
import { moment, shortDate } from '../../time/format';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import menu from '../../ui/menu.module.css';
import typography from '../../ui/typography.module.css';
import { filled, slashed } from './names';
import { QuotedEntry } from './QuotedEntry';
import styles from './ReplyBox.module.css';
import { CannedList, MentionList } from './Suggestions';
import { useRecorder } from './useRecorder';
import { VoiceNote } from './VoiceNote';

/** An answer that the server has not taken yet; `failed` says why it was not. */
export interface Outgoing {
  key: string;
  text: string;
  fileName: string | null;
  failed: string | null;
  again: () => void;
  drop: () => void;
}

const MOST_BYTES = 16_000_000;
const EMOJIS = [
  '🙂',
  '😊',
  '👍',
  '🙏',
  '👋',
  '❤️',
  '🎉',
  '✅',
  '❌',
  '⏰',
  '📅',
  '📍',
  '📞',
  '💊',
  '🦷',
  '🩺',
  '💉',
  '🏥',
  '😷',
  '🤒',
  '🤕',
  '👶',
  '🧾',
  '💳',
];
/** A colleague sees it for ten seconds. */
const SAY_AGAIN = 5_000;

/** What was begun and not sent, by conversation. In memory alone: it is about patients. */
const drafts = new Map<string, string>();

interface Props {
  conversation: Conversation;
  outgoing: Outgoing[];
  setOutgoing: Dispatch<SetStateAction<Outgoing[]>>;
  /** What the answer quotes; null for nothing. */
  quoted: ConversationEntry | null;
  setQuoted: (entry: ConversationEntry | null) => void;
}

/** Answers and private notes. Ctrl+Enter sends, a slash finds saved replies, files are pasted, dropped or chosen. */
export function ReplyBox({ conversation: one, setOutgoing, quoted, setQuoted }: Props) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const me = usePerson();
  const client = useQueryClient();
  const [mode, setMode] = useState<'reply' | 'note'>('reply');
  const [text, setText] = useState(drafts.get(one.id) ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState('');
  const [mentions, setMentions] = useState<string[]>([]);
  const [answered, setAnswered] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const microphone = useRef<HTMLButtonElement>(null);
  const sender = useRef<HTMLButtonElement>(null);
  const saidAt = useRef(0);
  const voice = useRecorder();
  const speaking = mode === 'reply' && voice.recording.state !== 'idle';
  const notes = useQuery(linesQuery(clinic.id)).data?.find((each) => each.id === one.line.id)?.capabilities.voiceNotes;
  const line = useQuery(writingLinesQuery(clinic.id, { kind: 'contact', id: one.contact.id })).data?.find(
    (each) => each.lineId === one.line.id,
  );
  const closed = line !== undefined && (!line.reachable || (line.window24h && !line.windowClosesAt));
  const patient = one.patients.length === 1 ? one.patients[0] : undefined;
  const visits = useQuery({ ...patientVisitsQuery(clinic.id, patient?.id ?? ''), enabled: patient !== undefined });
  const next = (visits.data ?? []).filter((visit) => visit.status === 'booked' && visit.start > instantNow()).at(-1);
  // Asked for before the first slash: whoever types fast presses Enter at once.
  useQuery(inbox.cannedRepliesQuery(clinic.id));
  const silent = voice.recording.state === 'idle' && voice.recording.problem && t(`inbox.voice.${voice.recording.problem}`);
  const canned = mode === 'reply' ? slashed(text) : null;
  const mention = mode === 'note' ? /(?:^|\s)@([\p{L}]*)$/u.exec(text)?.[1] : undefined;

  useEffect(() => {
    if (text) drafts.set(one.id, text);
    else drafts.delete(one.id);
  }, [one.id, text]);
  useEffect(
    () => () => {
      if (saidAt.current) void inbox.sayTyping(clinic.id, one.id, false).catch(() => {});
    },
    [clinic.id, one.id],
  );

  // Whoever chose what to answer types next.
  useEffect(() => {
    if (!quoted) return;
    setMode('reply');
    area.current?.focus();
  }, [quoted]);

  // Whoever heard themselves sends next, or throws it away with Escape.
  const recorded = voice.recording.state === 'recorded';
  useEffect(() => {
    if (recorded) sender.current?.focus();
  }, [recorded]);

  const write = (words: string) => {
    setText(words);
    setProblem('');
    if (mode === 'reply' && words && Date.now() - saidAt.current > SAY_AGAIN) {
      saidAt.current = Date.now();
      void inbox.sayTyping(clinic.id, one.id, true).catch(() => {});
    }
  };

  const attach = (chosen: File | null | undefined) => {
    if (!chosen) return;
    if (chosen.size > MOST_BYTES) setProblem(t('write.tooLarge'));
    else {
      setFile(chosen);
      setProblem('');
    }
  };

  const fill = (template: string) =>
    filled(template, {
      'patient.givenName': (patient?.displayName ?? one.contact.name)?.split(' ')[0],
      'organization.name': clinic.name,
      'agent.name': me.name,
      'appointment.date': next && shortDate(dateOf(next.start, clinic.timeZone), language),
      'appointment.time': next && timeOf(next.start, clinic.timeZone),
      'practitioner.displayName': next?.practitioner.displayName,
    });

  const refresh = () => {
    for (const kind of ['conversations', 'conversation-entries', 'inbound', 'messages'] as const) {
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, kind) });
    }
  };

  /** Shown at once; taken out again when the server has it, and kept with the reason when it refuses. */
  const send = (words: string, chosen: File | null, about: ConversationEntry | null) => {
    const key = crypto.randomUUID();
    const uploading = crypto.randomUUID();
    let uploaded: Upload | null = null;
    const drop = () => setOutgoing((all) => all.filter((each) => each.key !== key));
    const run = async () => {
      setOutgoing((all) => all.map((each) => (each.key === key ? { ...each, failed: null } : each)));
      try {
        if (chosen && !uploaded) uploaded = await uploadMedia(clinic.id, chosen, uploading);
        const content: ManualContent =
          chosen && uploaded
            ? uploaded.seconds !== null
              ? { kind: 'voice', mediaId: uploaded.id }
              : uploaded.contentType.startsWith('image/')
                ? { kind: 'image', mediaId: uploaded.id, text: words || undefined }
                : { kind: 'document', mediaId: uploaded.id, fileName: chosen.name, text: words || undefined }
            : { kind: 'text', text: words };
        const known = client.getQueryData(inbox.conversationQuery(clinic.id, one.id).queryKey) ?? one;
        const entry = await inbox.reply(clinic.id, one.id, { content, quotedId: about?.id ?? null, lastAnswerId: known.lastAnswerId }, key);
        drop();
        client.setQueryData(inbox.entriesQuery(clinic.id, one.id).queryKey, (data) => {
          const first = data?.pages[0];
          if (!data || !first || first.items.some((each) => each.id === entry.id)) return data;
          return { ...data, pages: [{ ...first, items: [entry, ...first.items] }, ...data.pages.slice(1)] };
        });
      } catch (error) {
        if (hasCode(error, 'answered-meanwhile')) {
          // What a colleague wrote is looked at first; the words wait in the box.
          drop();
          setText(words);
          setFile(chosen);
          setQuoted(about);
          setAnswered(true);
        } else {
          setOutgoing((all) => all.map((each) => (each.key === key ? { ...each, failed: sentenceFor(error, t) } : each)));
        }
      }
      refresh();
    };
    setOutgoing((all) => [...all, { key, text: words, fileName: chosen?.name ?? null, failed: null, again: () => void run(), drop }]);
    void run();
  };

  const note = async (words: string) => {
    try {
      await inbox.writeNote(clinic.id, one.id, { text: words, mentions }, crypto.randomUUID());
      // What was begun while it was being saved stays.
      setText((now) => (now.trim() === words ? '' : now));
      setMentions([]);
    } catch (error) {
      setProblem(sentenceFor(error, t));
    }
    refresh();
  };

  const dropVoice = () => {
    voice.drop();
    // The button comes back with the words.
    requestAnimationFrame(() => microphone.current?.focus());
  };

  const submit = () => {
    const words = text.trim();
    if (mode === 'note') {
      if (words) void note(words);
      return;
    }
    if (closed) return;
    if (speaking) {
      if (voice.recording.state !== 'recorded') return;
      setAnswered(false);
      // What was begun in writing stays; a voice note has no words beside it.
      send('', new File([voice.recording.sound], t('inbox.voice.name')), null);
      dropVoice();
      return;
    }
    if (!words && !file) return;
    setAnswered(false);
    // Only words quote: a file goes with its caption.
    send(words, file, file ? null : quoted);
    setText('');
    setFile(null);
    setQuoted(null);
    saidAt.current = 0;
    area.current?.focus();
  };

  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && quoted) {
      setQuoted(null);
      return;
    }
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      className={styles.box}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && speaking) dropVoice();
      }}
    >
      {answered && (
        <div className={styles.warning} role="alert" data-testid="answered-meanwhile">
          <span className={typography.small}>{t('inbox.answeredMeanwhile')}</span>
          <Button small type="submit">
            {t('inbox.sendAnyway')}
          </Button>
        </div>
      )}
      <div className={styles.tabs} role="tablist">
        {(['reply', 'note'] as const).map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            aria-selected={mode === each}
            onClick={() => setMode(each)}
            data-testid={`tab-${each}`}
          >
            {t(`inbox.${each}`)}
          </button>
        ))}
        {line?.windowClosesAt && mode === 'reply' && (
          <span className={clsx(styles.hint, typography.tiny, typography.muted)}>
            <Icon of={IconClockHour4} small /> {t('inbox.freeTextUntil', { when: moment(line.windowClosesAt, clinic.timeZone, language) })}
          </span>
        )}
      </div>
      {quoted && mode === 'reply' && (
        <p className={clsx(styles.quoting, typography.small)} data-testid="quoting">
          <span className={styles.quoted}>
            <span className={typography.muted}>{t('inbox.quotes')}</span> <QuotedEntry entry={quoted} />
          </span>
          <Button kind="quiet" small iconOnly type="button" aria-label={t('inbox.unquote')} onClick={() => setQuoted(null)}>
            <Icon of={IconX} small />
          </Button>
        </p>
      )}
      {canned !== null && <CannedList typed={canned} onChoose={(reply) => write(fill(reply.text))} area={area} />}
      {mention !== undefined && (
        <MentionList
          typed={mention}
          area={area}
          onChoose={(member) => {
            setText(text.replace(/@[\p{L}]*$/u, `@${member.name} `));
            setMentions((all) => [...new Set([...all, member.memberId])]);
          }}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped here; the button does the same by keys */}
      <div
        className={clsx(styles.field, mode === 'note' && styles.private, over && styles.over)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          attach(event.dataTransfer.files[0]);
        }}
      >
        {speaking && <VoiceNote recording={voice.recording} asFile={notes === false} onStop={voice.stop} onDrop={dropVoice} />}
        <textarea
          ref={area}
          hidden={speaking}
          rows={1}
          maxLength={mode === 'note' ? 4000 : file ? 1024 : 4096}
          aria-label={t(mode === 'note' ? 'inbox.note' : 'inbox.reply')}
          placeholder={closed ? t('write.windowClosed') : t(mode === 'note' ? 'inbox.notePlaceholder' : 'inbox.placeholder')}
          disabled={closed && mode === 'reply'}
          value={text}
          onChange={(event) => write(event.target.value)}
          onKeyDown={press}
          onPaste={(event) => {
            const pasted = event.clipboardData.files[0];
            if (pasted) {
              event.preventDefault();
              attach(pasted);
            }
          }}
          data-testid="reply-text"
        />
        {mode === 'reply' && !speaking && (
          <>
            <input
              ref={picker}
              type="file"
              className={layout.visuallyHidden}
              tabIndex={-1}
              aria-label={t('write.attach')}
              accept="image/jpeg,image/png,image/gif,image/webp,application/pdf"
              onChange={(event) => attach(event.target.files?.[0])}
              data-testid="reply-file"
            />
            <Popover position="top-end" trapFocus returnFocus classNames={{ dropdown: menu.dropdown }}>
              <Popover.Target>
                <Button kind="quiet" small iconOnly aria-label={t('inbox.emoji')}>
                  <Icon of={IconMoodSmile} />
                </Button>
              </Popover.Target>
              <Popover.Dropdown>
                <div className={styles.emojis}>
                  {EMOJIS.map((emoji) => (
                    <button key={emoji} type="button" onClick={() => write(text + emoji)}>
                      {emoji}
                    </button>
                  ))}
                </div>
              </Popover.Dropdown>
            </Popover>
            <Button kind="quiet" small iconOnly aria-label={t('write.attach')} onClick={() => picker.current?.click()}>
              <Icon of={IconPaperclip} />
            </Button>
            <Button
              kind="quiet"
              small
              iconOnly
              ref={microphone}
              aria-label={t('inbox.voice.record')}
              disabled={closed}
              onClick={() => {
                setProblem('');
                voice.start();
              }}
              data-testid="voice-record"
            >
              <Icon of={IconMicrophone} />
            </Button>
          </>
        )}
        <Button
          type="submit"
          kind="primary"
          small
          ref={sender}
          disabled={(mode === 'reply' && closed) || (speaking && !recorded)}
          title="Ctrl+Enter"
          data-testid="reply-send"
        >
          <Icon of={IconSend} />
          {t(mode === 'note' ? 'action.save' : 'write.send')}
        </Button>
      </div>
      {file && mode === 'reply' && (
        <p className={layout.row}>
          <Button small onClick={() => setFile(null)} aria-label={t('write.remove', { name: file.name })}>
            <Icon of={IconPaperclip} />
            {file.name}
            <Icon of={IconX} small />
          </Button>
        </p>
      )}
      {(problem || silent) && (
        <p role="alert" className={typography.small}>
          {problem || silent}
        </p>
      )}
    </form>
  );
}
