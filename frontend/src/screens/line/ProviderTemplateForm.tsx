import { IconCopy, IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { forgetLineTemplate, setLineTemplate } from '../../api/lineActions';
import { fieldSentences, isStale } from '../../api/problems';
import { lineTemplatesQuery } from '../../api/queries';
import type { Language, LineTemplate, TemplateMapping, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { Check, TextField } from '../../ui/Field';
import { SavingForm } from '../../ui/Form';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { done } from '../../ui/notices';
import typography from '../../ui/typography.module.css';
import { templateFields } from '../templates/fields';
import styles from './ProviderTemplateForm.module.css';

/** Meta's code for a language, until the clinic says which one it had approved. */
const usual: Record<Language, string> = { es: 'es_AR', en: 'en_US', 'pt-BR': 'pt_BR' };
const MOST_PARAMETERS = 20;

/** What the provider has to approve, and under which name it was. */
export function ProviderTemplateForm({ line, template, onClose }: { line: WhatsAppLine; template: LineTemplate; onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  // What the draft was made from: a live refresh behind the dialog must not change what saving is checked against.
  const [base, setBase] = useState(template);
  const [theirs, setTheirs] = useState<LineTemplate | null>(null);
  const { mapping, suggestion } = base;
  const named = line.engine === 'cloud-api';
  const [name, setName] = useState(mapping?.name ?? '');
  const [confirmedName, setConfirmedName] = useState(mapping?.confirmedName ?? '');
  const [language, setLanguage] = useState(mapping?.providerLanguage ?? usual[template.language]);
  const [parameters, setParameters] = useState(mapping?.parameters ?? suggestion.parameters);
  const [answerButtons, setAnswerButtons] = useState(mapping?.answerButtons ?? false);
  const list = lineTemplatesQuery(clinic.id, line.id);
  const ended = (words: string) => {
    void client.invalidateQueries({ queryKey: list.queryKey });
    done(t(words), t('action.close'));
    onClose();
  };
  const saving = useMutation({
    mutationFn: ({ seen, written }: { seen: LineTemplate; written: TemplateMapping }) => setLineTemplate(clinic.id, line.id, seen, written),
    onSuccess: () => ended('approved.saved'),
    onError: async (error) => {
      if (!isStale(error)) return;
      const now = await client.fetchQuery({ ...list, staleTime: 0 });
      setTheirs(now.find((one) => one.kind === template.kind && one.language === template.language) ?? null);
    },
  });
  const forgetting = useMutation({
    mutationFn: () => forgetLineTemplate(clinic.id, line.id, template),
    onSuccess: () => ended('approved.forgotten'),
  });
  const refused = fieldSentences(saving.error, t);
  const body = {
    name: name.trim(),
    confirmedName: confirmedName.trim() || null,
    providerLanguage: named ? language.trim() : null,
    parameters,
    answerButtons,
  };
  const rows: [string, (one: TemplateMapping | null) => string][] = [
    [t(named ? 'approved.name' : 'approved.sid'), (one) => one?.name ?? '—'],
    [t('approved.language'), (one) => one?.providerLanguage ?? '—'],
    [t('approved.parameters'), (one) => one?.parameters.map((field) => t(`templates.field.${field.replace('.', '-')}`)).join(', ') || '—'],
    [t('approved.buttons'), (one) => (one?.answerButtons ? '✓' : '—')],
    [t('approved.confirmedName'), (one) => one?.confirmedName ?? '—'],
  ];
  return (
    <SavingForm
      saving={{ ...saving, error: isStale(saving.error) ? null : saving.error }}
      body={{ seen: base, written: body }}
      incomplete={!body.name || (named && !language.trim()) || theirs !== null}
      onClose={onClose}
    >
      {theirs && (
        <Conflict
          title={t('conflict.template')}
          differences={rows
            .map(([label, of]) => ({ label, mine: of(body), theirs: of(theirs.mapping) }))
            .filter((row) => row.mine !== row.theirs)}
          busy={saving.isPending}
          onKeepMine={() => {
            setBase(theirs);
            setTheirs(null);
            saving.mutate({ seen: theirs, written: body });
          }}
          onTakeTheirs={onClose}
        />
      )}
      <Suggestion line={line} template={template} />
      <TextField
        label={t(named ? 'approved.name' : 'approved.sid')}
        hint={t(named ? 'approved.nameHint' : 'approved.sidHint')}
        spellCheck={false}
        required
        data-testid="approved-name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={refused.name}
      />
      {named && (
        <TextField
          label={t('approved.language')}
          hint={t('approved.languageHint')}
          spellCheck={false}
          required
          value={language}
          onChange={(event) => setLanguage(event.target.value)}
          error={refused.providerLanguage}
        />
      )}
      <Parameters chosen={parameters} onChange={setParameters} error={refused.parameters} />
      <Check
        label={t('approved.buttons')}
        hint={[
          suggestion.buttons.length > 0 ? t('approved.buttonsSay', { buttons: suggestion.buttons.join(' · ') }) : t('approved.buttonsHint'),
          // Meta is told with each message what a button says to us; at Twilio it stands in the content.
          line.engine === 'twilio' ? t('approved.buttonIds') : '',
        ].join(' ')}
        type="checkbox"
        checked={answerButtons}
        onChange={(event) => setAnswerButtons(event.target.checked)}
        data-testid="approved-buttons"
      />
      {suggestion.confirmedBody !== null && (
        <div>
          <TextField
            label={t('approved.confirmedName')}
            hint={t('approved.confirmedHint')}
            spellCheck={false}
            data-testid="approved-confirmed-name"
            value={confirmedName}
            onChange={(event) => setConfirmedName(event.target.value)}
            error={refused.confirmedName}
          />
          <Copyable text={suggestion.confirmedBody} />
        </div>
      )}
      {mapping && (
        <>
          <FormError error={forgetting.error} />
          <div className={layout.row}>
            <Button kind="danger" small disabled={forgetting.isPending} onClick={() => forgetting.mutate()}>
              <Icon of={IconTrash} />
              {t('approved.forget')}
            </Button>
          </div>
        </>
      )}
    </SavingForm>
  );
}

/** The clinic's own text as the provider wants it handed in. */
function Suggestion({ line, template: { suggestion } }: { line: WhatsAppLine; template: LineTemplate }) {
  const { t } = useWords();
  return (
    <div>
      <p className={typography.small}>{t(`approved.submit.${line.engine}`)}</p>
      <Copyable text={suggestion.body} testId="suggestion" />
      {suggestion.examples.length > 0 && (
        <p className={fields.hint}>
          {t('approved.examples')} {suggestion.examples.map((example, index) => `{{${index + 1}}} ${example}`).join(' · ')}
        </p>
      )}
    </div>
  );
}

/** A text to hand in. */
function Copyable({ text, testId }: { text: string; testId?: string }) {
  const { t } = useWords();
  return (
    <div className={styles.suggestion} data-testid={testId}>
      <p>{text}</p>
      <Button
        kind="quiet"
        small
        onClick={() => void navigator.clipboard?.writeText(text).then(() => done(t('approved.copied'), t('action.close')))}
      >
        <Icon of={IconCopy} />
        {t('approved.copy')}
      </Button>
    </div>
  );
}

/** What fills the variables, in the order in which the provider numbers them. */
function Parameters(props: { chosen: string[]; onChange: (next: string[]) => void; error: string | undefined }) {
  const { t } = useWords();
  const { chosen, onChange } = props;
  const fieldName = (field: string) => t(`templates.field.${field.replace('.', '-')}`);
  return (
    <fieldset className={styles.parameters}>
      <legend className={fields.label}>{t('approved.parameters')}</legend>
      {chosen.map((field, index) => {
        const numbered = `{{${index + 1}}}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable is its number; the same field may fill two
          <div key={index} className={styles.parameter}>
            <span className={typography.small}>{numbered}</span>
            <select
              className={clsx(fields.input, fields.select)}
              aria-label={numbered}
              value={field}
              onChange={(event) => onChange(chosen.map((one, at) => (at === index ? event.target.value : one)))}
            >
              {templateFields.map((one) => (
                <option key={one} value={one}>
                  {fieldName(one)}
                </option>
              ))}
            </select>
            <Button
              kind="quiet"
              iconOnly
              aria-label={t('approved.removeParameter', { number: numbered })}
              onClick={() => onChange(chosen.filter((_, at) => at !== index))}
            >
              <Icon of={IconX} />
            </Button>
          </div>
        );
      })}
      {chosen.length === 0 && <p className={fields.hint}>{t('approved.noParameters')}</p>}
      {chosen.length < MOST_PARAMETERS && (
        <Button small onClick={() => onChange([...chosen, templateFields[0]])}>
          <Icon of={IconPlus} />
          {t('approved.addParameter')}
        </Button>
      )}
      {props.error && <p className={clsx(fields.hint, fields.error)}>{props.error}</p>}
    </fieldset>
  );
}
