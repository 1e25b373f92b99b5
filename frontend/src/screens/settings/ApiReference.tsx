import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { sentenceFor } from '../../api/problems';
import { type ReferenceOperation, type ReferenceParameter, referenceQuery, tryOut } from '../../api/reference';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { fold } from '../../ui/fold';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import styles from './ApiReference.module.css';
import settings from './settings.module.css';

/** Every operation of a clinic, in the words of the API's document, and a try of it in this clinic. */
export function ApiReference() {
  const { t } = useWords();
  const reference = useQuery(referenceQuery);
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | null>(null);
  if (reference.isPending) return <Skeleton rows={8} />;
  if (reference.isLoadingError)
    return <LoadError error={reference.error} title={t('settings.error')} retry={() => void reference.refetch()} />;
  const wanted = fold(words.trim());
  const found = reference.data.filter((one) => fold(`${one.tag} ${one.id} ${one.summary} ${one.path}`).includes(wanted));
  const tags = [...new Set(found.map((one) => one.tag))];
  return (
    <div className={settings.list}>
      <Section title={t('developers.reference')} />
      <p className={clsx(typography.small, typography.muted, settings.about)}>{t('developers.referenceHint')}</p>
      <TextField label={t('developers.find')} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      {found.length === 0 && <p className={typography.muted}>{t('developers.nothingFound')}</p>}
      {tags.map((tag) => (
        <details key={tag} className={styles.group} lang="en" open={wanted !== ''}>
          <summary>
            <h3 className={typography.strong}>{tag}</h3>{' '}
            <span className={clsx(typography.small, typography.muted)}>{found.filter((one) => one.tag === tag).length}</span>
          </summary>
          <ul className={clsx(lists.ruled, lists.lined)}>
            {found
              .filter((one) => one.tag === tag)
              .map((one) => (
                <li key={one.id}>
                  <button
                    type="button"
                    className={styles.operation}
                    aria-expanded={open === one.id}
                    onClick={() => setOpen(open === one.id ? null : one.id)}
                    data-testid={`operation-${one.id}`}
                  >
                    <code className={styles.method}>{one.method}</code>
                    <span>
                      {one.summary}
                      <code className={styles.path}>{one.path.replace('/api/v1/organizations/{organizationId}', '…')}</code>
                    </span>
                  </button>
                  {open === one.id && <Operation operation={one} />}
                </li>
              ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

function Operation({ operation }: { operation: ReferenceOperation }) {
  const { t } = useWords();
  const done = operation.answers.find((answer) => answer.status.startsWith('2'));
  return (
    <div className={styles.body}>
      {operation.description.split('\n\n').map((part) => (
        <p key={part}>{part}</p>
      ))}
      <p className={clsx(typography.small, typography.muted)}>
        {operation.scopes.length > 0 ? t('developers.scopes', { scopes: operation.scopes.join(', ') }) : t('developers.peopleOnly')}
      </p>
      <Try operation={operation} />
      {done?.example != null && (
        <details>
          <summary>{t('developers.exampleAnswer', { status: done.status })}</summary>
          <pre className={styles.code}>{JSON.stringify(done.example, null, 2)}</pre>
        </details>
      )}
      <details>
        <summary>{t('developers.answers')}</summary>
        <ul className={typography.small}>
          {operation.answers.map((answer) => (
            <li key={answer.status}>
              <code>{answer.status}</code> {answer.description}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}

/** What changes something is sent only after it was said that it is the real clinic. */
function Try({ operation }: { operation: ReferenceOperation }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [values, setValues] = useState<Record<string, string>>(() => beginning(operation));
  const [body, setBody] = useState(() => JSON.stringify(operation.body?.example ?? {}, null, 2));
  const [sure, setSure] = useState(false);
  const changes = operation.method !== 'GET';
  const json = operation.body === null || operation.body.type.includes('json');
  const sending = useMutation({
    mutationFn: () => tryOut(operation, clinic.id, values, body),
    // A new intention: the same key would be answered with what came of this one.
    onSettled: () => setValues((before) => ({ ...before, ...keyOf(operation) })),
  });
  if (!json || operation.path.endsWith('/events')) return <p className={typography.muted}>{t('developers.notHere')}</p>;
  const missing = operation.parameters.some((one) => one.required && !values[one.name]);
  return (
    <form
      className={forms.form}
      data-testid="try-it"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate();
      }}
    >
      {operation.parameters.map((one) => (
        <Parameter
          key={one.name}
          parameter={one}
          value={values[one.name] ?? ''}
          onChange={(value) => setValues({ ...values, [one.name]: value })}
        />
      ))}
      {operation.body && (
        <TextArea label={t('developers.body')} rows={8} spellCheck={false} value={body} onChange={(event) => setBody(event.target.value)} />
      )}
      {changes && (
        <Check
          type="checkbox"
          checked={sure}
          onChange={(event) => setSure(event.target.checked)}
          label={t('developers.sure', { clinic: clinic.name })}
        />
      )}
      <Button type="submit" kind="primary" small disabled={sending.isPending || missing || (changes && !sure)}>
        <Icon of={IconPlayerPlay} />
        {t('developers.send')}
      </Button>
      <div role="status">
        {sending.error && <p>{sentenceFor(sending.error, t)}</p>}
        {sending.data && (
          <div data-testid="try-answer">
            <p className={typography.small}>
              <StatusLabel tone={sending.data.status < 400 ? 'ok' : 'wait'}>{String(sending.data.status)}</StatusLabel>{' '}
              {sending.data.millis} ms{sending.data.traceId && ` · ${sending.data.traceId}`}
            </p>
            {sending.data.body && <pre className={styles.code}>{sending.data.body}</pre>}
          </div>
        )}
      </div>
    </form>
  );
}

function Parameter(props: { parameter: ReferenceParameter; value: string; onChange: (value: string) => void }) {
  const { parameter, value, onChange } = props;
  const common = { label: parameter.name, hint: parameter.description || parameter.type, required: parameter.required, value };
  if (parameter.choices.length > 0) {
    return (
      <SelectField {...common} onChange={(event) => onChange(event.target.value)}>
        <option value="" />
        {parameter.choices.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </SelectField>
    );
  }
  return <TextField {...common} onChange={(event) => onChange(event.target.value)} />;
}

const keyOf = (operation: ReferenceOperation): Record<string, string> =>
  operation.parameters.some((one) => one.name === 'Idempotency-Key') ? { 'Idempotency-Key': crypto.randomUUID() } : {};

const beginning = (operation: ReferenceOperation): Record<string, string> => ({
  ...(operation.parameters.some((one) => one.name === 'If-Match') ? { 'If-Match': '"v0"' } : {}),
  ...keyOf(operation),
});
