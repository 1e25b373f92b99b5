import { IconAlertTriangle, IconCircleCheck, IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import clsx from 'clsx';
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { keys } from '../../api/keys';
import { isStale } from '../../api/problems';
import { discardDraft, draftText, previewText, publishText, templateTextsQuery } from '../../api/templates';
import type { TemplateText } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fieldStyles from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { PageHead } from '../../ui/Page';
import pageStyles from '../../ui/Page.module.css';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { Approval } from './Approval';
import styles from './Editor.module.css';
import { FieldChips } from './FieldChips';
import {
  type FieldWords,
  insertField,
  pieces,
  type TemplateField,
  templateFields,
  toFriendly,
  toStored,
  unknownFields,
  usedFields,
} from './fields';
import { Preview } from './Preview';
import { Versions } from './Versions';

interface Props {
  title: string;
  /** What its messages are for; null where the occasion says it. */
  about: string | null;
  /** Its messages reach only those who agreed to marketing. */
  marketing: boolean;
  text: TemplateText;
  onRename: (() => void) | null;
  kinds: ReactNode;
  tabs: ReactNode;
}

const LONGEST = 1000;
/** What is being written: the draft, else what leaves. */
const writtenOf = (text: TemplateText) => text.draft ?? text.body ?? '';

/** Writes one text: a draft until it is published, fields as chips, and beside it what the patient will read. */
export function Editor({ title, about, marketing, text: current, onRename, kinds, tabs }: Props) {
  const { t, language: spoken } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const words: FieldWords = {
    names: Object.fromEntries(
      templateFields.map((field) => [field, t(`templates.field.${field.replace('.', '-')}`)]),
    ) as FieldWords['names'],
    begin: t('wording.begin'),
    end: t('wording.end'),
  };
  const { language } = current;
  // Fields are edited under the names people know; what is stored and sent to the server has the API's names.
  // The version the text was made from: a live refresh must not change what saving is checked against.
  const [base, setBase] = useState(current);
  const saved = toFriendly(writtenOf(base), words);
  const [text, setText] = useState(saved);
  const body = toStored(text, words);
  const [view, setView] = useState<'text' | 'preview'>('text');
  const [visit, setVisit] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<TemplateText | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const dirty = text !== saved;
  const untouched = useRef(true);
  untouched.current = !dirty;
  // Where nothing was written, what a colleague saves is simply shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of the fields change with the language only
  useEffect(() => {
    if (!untouched.current) return;
    setBase(current);
    setText(toFriendly(writtenOf(current), words));
  }, [current]);
  const leaving = useBlocker({
    shouldBlockFn: ({ current: here, next }) =>
      dirty && (here.pathname !== next.pathname || JSON.stringify(here.search) !== JSON.stringify(next.search)),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });

  const shown = useDeferredValue(body);
  const unknown = unknownFields(text, words);
  const count = usedFields(text, words);
  const preview = useQuery({
    queryKey: keys.of(clinic.id, 'templates', 'preview', language, visit, shown),
    queryFn: ({ signal }) => previewText(clinic.id, { language, body: shown, appointmentId: visit }, signal),
    enabled: shown.trim().length > 0 && unknown.length === 0,
    placeholderData: (before) => before,
    gcTime: 30_000,
    retry: false,
  });
  const said = unknown.length === 0 && !preview.isError ? (preview.data ?? null) : null;

  type Step = { publish: boolean; seen: TemplateText };
  const saving = useMutation({
    mutationFn: async ({ publish, seen }: Step) => {
      const drafted = seen.draft === body ? seen : await draftText(clinic.id, seen, body);
      return publish ? publishText(clinic.id, drafted) : drafted;
    },
    onSuccess: (stored, { publish }) => keep(stored, t(publish ? 'wording.publishedNow' : 'wording.draftSaved')),
    onError: async (error, { seen }) => {
      // A colleague was faster.
      if (!isStale(error)) return;
      const list = await client.fetchQuery({ ...templateTextsQuery(clinic.id), staleTime: 0 });
      setTheirs(list.find((one) => one.id === seen.id) ?? null);
    },
  });
  const discarding = useMutation({
    mutationFn: () => discardDraft(clinic.id, base),
    onSuccess: (stored) => {
      setText(toFriendly(writtenOf(stored), words));
      keep(stored, t('wording.draftGone'));
    },
  });
  const keep = (stored: TemplateText, notice: string) => {
    client.setQueryData<TemplateText[]>(templateTextsQuery(clinic.id).queryKey, (list) =>
      list?.map((one) => (one.id === stored.id ? stored : one)),
    );
    void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'templates', 'versions', stored.id) });
    setBase(stored);
    done(notice, t('action.close'));
  };
  const put = (field: TemplateField) => {
    const box = area.current;
    const next = insertField(text, field, words, box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length);
    setText(next.text);
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const busy = saving.isPending || discarding.isPending;
  const refused = unknown.length > 0 || !body.trim() || preview.isError;
  const state = current.number > 0 ? 'wording.leaves' : current.body ? 'templates.standard' : 'templates.notYet';

  return (
    <>
      <PageHead
        title={title}
        above={t('nav.templates')}
        under={
          <>
            {t(state, { number: current.number })}{' '}
            {current.updatedAt && t('templates.updated', { date: dayMonthYear(dateOf(current.updatedAt, clinic.timeZone), spoken) })}{' '}
            {about}
          </>
        }
      >
        {onRename && (
          <Button onClick={onRename} iconOnPhone>
            <Icon of={IconPencil} />
            <span>{t('wording.rename')}</span>
          </Button>
        )}
        <Button
          disabled={busy || !(dirty || base.draft)}
          onClick={() => {
            saving.reset();
            if (dirty) setText(saved);
            else discarding.mutate();
          }}
          data-testid="template-discard"
        >
          {t(dirty || !base.draft ? 'action.discard' : 'wording.discardDraft')}
        </Button>
        <Button
          disabled={!dirty || busy || refused}
          onClick={() => saving.mutate({ publish: false, seen: base })}
          data-testid="template-save"
        >
          {t('wording.saveDraft')}
        </Button>
        <Button
          kind="primary"
          className={pageStyles.grow}
          disabled={!(dirty || base.draft) || busy || refused}
          onClick={() => saving.mutate({ publish: true, seen: base })}
          data-testid="template-publish"
        >
          {t('wording.publish')}
        </Button>
      </PageHead>
      <div className={styles.template}>
        {kinds}
        <section>
          <Segments
            className={styles.views}
            label={t('agenda.view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'text', label: t('templates.text') },
              { value: 'preview', label: t('templates.received') },
            ]}
          />
          <div className={view === 'preview' ? layout.notOnPhone : undefined}>
            {tabs}
            {theirs ? (
              <Conflict
                title={t('conflict.template')}
                differences={[{ label: t('templates.text'), mine: text, theirs: toFriendly(writtenOf(theirs), words) }]}
                busy={saving.isPending}
                onKeepMine={() => {
                  setBase(theirs);
                  setTheirs(null);
                  saving.mutate({ publish: false, seen: theirs });
                }}
                onTakeTheirs={() => {
                  setBase(theirs);
                  setText(toFriendly(writtenOf(theirs), words));
                  setTheirs(null);
                  saving.reset();
                }}
              />
            ) : null}
            {base.draft && !dirty && (
              <p className={clsx(typography.small, layout.spaced)} data-testid="template-is-draft">
                <StatusLabel tone="wait">{t('wording.draft')}</StatusLabel> {t(base.body ? 'wording.draftText' : 'wording.draftFirst')}
              </p>
            )}
            <div className={styles.editor}>
              <label className={fieldStyles.label} htmlFor="template-body">
                {t('templates.textLabel')}
              </label>
              <div className={styles.highlighted}>
                <div className={styles.text} aria-hidden="true">
                  {pieces(text, words).map((piece) =>
                    piece.field ? (
                      <mark key={piece.at} className={piece.field === 'unknown' ? styles.unknown : undefined}>
                        {piece.text}
                      </mark>
                    ) : (
                      <span key={piece.at}>{piece.text}</span>
                    ),
                  )}{' '}
                </div>
                <textarea
                  ref={area}
                  id="template-body"
                  className={styles.text}
                  lang={language}
                  rows={9}
                  maxLength={LONGEST}
                  value={text}
                  aria-invalid={unknown.length > 0 || preview.isError || undefined}
                  aria-describedby="template-state"
                  onChange={(event) => setText(event.target.value)}
                />
              </div>
              <div className={clsx(layout.row, typography.small, typography.muted, styles.state)} id="template-state">
                {unknown.length > 0 ? (
                  <span className={fieldStyles.error}>{t('templates.unknown', { fields: unknown.join(', ') })}</span>
                ) : preview.isError ? (
                  <span className={fieldStyles.error}>{t('wording.refused')}</span>
                ) : (
                  <span>
                    <Icon of={IconCircleCheck} small /> {t('templates.fieldsOk', { count })}
                  </span>
                )}
                <span className={clsx(layout.end, typography.nowrap)}>{t('templates.characters', { count: text.length })}</span>
              </div>
              {said && said.remarks.length > 0 && (
                <ul className={clsx(typography.small, styles.remarks)} data-testid="template-remarks">
                  {said.remarks.map((remark) => (
                    <li key={`${remark.code}${remark.sign}`}>
                      <Icon of={IconAlertTriangle} small /> {t(`wording.remark.${remark.code}`, { sign: remark.sign ?? '' })}
                    </li>
                  ))}
                </ul>
              )}
            </div>
            <FieldChips words={words} onPut={put} />
            <FormError error={discarding.error} />
            {saving.error && !theirs && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
            <Approval text={current} marketing={marketing} />
            <Versions text={current} words={words} onUse={(older) => setText(toFriendly(older, words))} />
          </div>
        </section>
        <aside className={view === 'text' ? layout.notOnPhone : undefined}>
          <Preview text={said?.text ?? null} language={language} asks={current.kind === 'reminder'} visit={visit} onVisit={setVisit} />
        </aside>
      </div>
      <Dialog opened={leaving.status === 'blocked'} onClose={() => leaving.reset?.()} title={t('dirty.title')}>
        <p>{t('dirty.text')}</p>
        <div className={clsx(layout.row, layout.wrap, forms.dialogActions)}>
          <Button kind="primary" onClick={() => leaving.reset?.()}>
            {t('dirty.stay')}
          </Button>
          <Button onClick={() => leaving.proceed?.()}>{t('dirty.leave')}</Button>
        </div>
      </Dialog>
    </>
  );
}
