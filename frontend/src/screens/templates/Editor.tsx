import { IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import clsx from 'clsx';
import { type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react';
import { createTemplate, previewTemplate, updateTemplate } from '../../api/actions';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { hasCode, isStale } from '../../api/problems';
import { templatesQuery } from '../../api/queries';
import type { Language, MessageTemplate, TemplateKind } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import chips from '../../ui/chips.module.css';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import { PageHead } from '../../ui/Page';
import pageStyles from '../../ui/Page.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Editor.module.css';
import {
  type FieldNames,
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

interface Props {
  kind: TemplateKind;
  language: Language;
  template: MessageTemplate | null;
  kinds: ReactNode;
  tabs: ReactNode;
}

const LONGEST = 1000;

/** Writes one text: fields as chips, and beside it what the patient will read. */
export function Editor({ kind, language, template, kinds, tabs }: Props) {
  const { t, language: spoken } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const names = Object.fromEntries(templateFields.map((field) => [field, t(`templates.field.${field.replace('.', '-')}`)])) as FieldNames;
  // Fields are edited under the names people know; what is stored and sent to the server has the API's names.
  // The version the text was made from: a live refresh must not change what saving is checked against.
  const [base, setBase] = useState(template);
  const saved = toFriendly(base?.body ?? '', names);
  const [text, setText] = useState(saved);
  const body = toStored(text, names);
  const [view, setView] = useState<'text' | 'preview'>('text');
  const [theirs, setTheirs] = useState<MessageTemplate | null>(null);
  const intention = useRef(new Intention());
  const area = useRef<HTMLTextAreaElement>(null);
  const dirty = text !== saved;
  const untouched = useRef(true);
  untouched.current = !dirty;
  // Where nothing was written, what a colleague saves is simply shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names of the fields change with the language only
  useEffect(() => {
    if (!untouched.current) return;
    setBase(template);
    setText(toFriendly(template?.body ?? '', names));
  }, [template]);
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      dirty && (current.pathname !== next.pathname || JSON.stringify(current.search) !== JSON.stringify(next.search)),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });

  const shown = useDeferredValue(body);
  const unknown = unknownFields(text, names);
  const count = usedFields(text, names);
  const preview = useQuery({
    queryKey: keys.of(clinic.id, 'templates', 'preview', kind, language, shown),
    queryFn: ({ signal }) => previewTemplate(clinic.id, { kind, language, body: shown }, signal),
    enabled: shown.trim().length > 0 && unknown.length === 0,
    placeholderData: (before) => before,
    gcTime: 30_000,
    retry: false,
  });

  const saving = useMutation({
    mutationFn: (seen: MessageTemplate | null) =>
      seen
        ? updateTemplate(clinic.id, seen, body)
        : intention.current.carryOut({ kind, language, body }, (key) => createTemplate(clinic.id, { kind, language, body }, key)),
    onSuccess: (stored) => {
      client.setQueryData<MessageTemplate[]>(templatesQuery(clinic.id).queryKey, (list) => [
        ...(list ?? []).filter((one) => one.id !== stored.id),
        stored,
      ]);
      setBase(stored);
      done(t('templates.saved'), t('action.close'));
    },
    onError: async (error) => {
      // A colleague was faster: with another text, or with the first one.
      if (!isStale(error) && !hasCode(error, 'template-exists')) return;
      const list = await client.fetchQuery({ ...templatesQuery(clinic.id), staleTime: 0 });
      setTheirs(list.find((one) => one.kind === kind && one.language === language) ?? null);
    },
  });
  const put = (field: TemplateField) => {
    const box = area.current;
    const next = insertField(text, names[field], box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length);
    setText(next.text);
    requestAnimationFrame(() => {
      box?.focus();
      box?.setSelectionRange(next.cursor, next.cursor);
    });
  };
  const title = t(`kind.${kind}`);

  return (
    <>
      <PageHead
        title={title}
        above={t('nav.templates')}
        under={
          template
            ? `${t(template.default ? 'templates.standard' : 'templates.own')} ${t('templates.updated', { date: dayMonthYear(dateOf(template.updatedAt, clinic.timeZone), spoken) })}`
            : t('templates.notYet')
        }
      >
        <Button
          disabled={!dirty || saving.isPending}
          onClick={() => {
            setText(saved);
            saving.reset();
          }}
        >
          {t('action.discard')}
        </Button>
        <Button
          kind="primary"
          className={pageStyles.grow}
          disabled={!dirty || saving.isPending || unknown.length > 0 || !body.trim()}
          onClick={() => saving.mutate(base)}
          data-testid="template-save"
        >
          {t('action.save')}
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
                differences={[{ label: t('templates.text'), mine: text, theirs: toFriendly(theirs.body, names) }]}
                busy={saving.isPending}
                onKeepMine={() => {
                  setBase(theirs);
                  setTheirs(null);
                  saving.mutate(theirs);
                }}
                onTakeTheirs={() => {
                  setBase(theirs);
                  setText(toFriendly(theirs.body, names));
                  setTheirs(null);
                  saving.reset();
                }}
              />
            ) : null}
            <div className={styles.editor}>
              <label className={fields.label} htmlFor="template-body">
                {t('templates.textLabel')}
              </label>
              <div className={styles.highlighted}>
                <div className={styles.text} aria-hidden="true">
                  {pieces(text, names).map((piece) =>
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
                  aria-invalid={unknown.length > 0 || undefined}
                  aria-describedby="template-state"
                  onChange={(event) => setText(event.target.value)}
                />
              </div>
              <div className={clsx(layout.row, typography.small, typography.muted, styles.state)} id="template-state">
                {unknown.length > 0 ? (
                  <span className={fields.error}>{t('templates.unknown', { fields: unknown.join(', ') })}</span>
                ) : (
                  <span>
                    <Icon of={IconCircleCheck} small /> {t('templates.fieldsOk', { count })}
                  </span>
                )}
                <span className={clsx(layout.end, typography.nowrap)}>{t('templates.characters', { count: text.length })}</span>
              </div>
            </div>
            <div className={layout.spaced}>
              <span className={fields.label}>{t('templates.insert')}</span>
              <div className={clsx(layout.row, layout.wrap, styles.chips)}>
                {templateFields.map((field) => (
                  <button key={field} type="button" className={chips.chip} onClick={() => put(field)}>
                    <Icon of={IconPlus} small />
                    {names[field]}
                  </button>
                ))}
              </div>
            </div>
            {saving.error && !theirs && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
          </div>
        </section>
        <aside className={view === 'text' ? layout.notOnPhone : undefined}>
          <Preview text={unknown.length > 0 ? null : (preview.data?.text ?? null)} language={language} kind={kind} />
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
