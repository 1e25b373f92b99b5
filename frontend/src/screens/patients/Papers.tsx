import { IconPlus, IconX } from '@tabler/icons-react';
import clsx from 'clsx';
import { useId } from 'react';
import type { IdentifierKind } from '../../api/types';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import fields from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import styles from './Papers.module.css';
import { identifierKinds, linesOf, papersOf } from './patientDraft';

/** A patient's papers, one line each: which, and its number as it stands there. */
export function Papers(props: { lines: string; onLines: (lines: string) => void; errors: ReadonlyMap<number, string> }) {
  const { t } = useWords();
  const id = useId();
  const papers = papersOf(props.lines);
  const free = identifierKinds.filter((kind) => papers.every((paper) => paper.kind !== kind));
  const change = (at: number, paper: { kind?: IdentifierKind; value?: string }) =>
    props.onLines(linesOf(papers.map((one, index) => (index === at ? { ...one, ...paper } : one))));
  return (
    <fieldset className={styles.papers}>
      <legend className={fields.label}>{t('person.papers')}</legend>
      {papers.map((paper, at) => {
        const error = props.errors.get(at);
        return (
          <div key={paper.kind}>
            <div className={styles.line}>
              <select
                className={clsx(fields.input, fields.select)}
                aria-label={t('person.paperKind')}
                value={paper.kind}
                onChange={(event) => change(at, { kind: event.target.value as IdentifierKind })}
              >
                {identifierKinds
                  .filter((kind) => kind === paper.kind || free.includes(kind))
                  .map((kind) => (
                    <option key={kind} value={kind}>
                      {t(`person.kind.${kind}`)}
                    </option>
                  ))}
              </select>
              <input
                className={fields.input}
                aria-label={t('person.paperNumber')}
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${id}-${at}` : undefined}
                autoComplete="off"
                maxLength={40}
                data-testid={`patient-paper-${at}`}
                value={paper.value}
                onChange={(event) => change(at, { value: event.target.value })}
              />
              {papers.length > 1 && (
                <Button
                  kind="quiet"
                  iconOnly
                  aria-label={t('person.removePaper', { paper: t(`person.kind.${paper.kind}`) })}
                  onClick={() => props.onLines(linesOf(papers.filter((_, index) => index !== at)))}
                >
                  <Icon of={IconX} />
                </Button>
              )}
            </div>
            {error && (
              <p className={clsx(fields.hint, fields.error)} id={`${id}-${at}`}>
                {error}
              </p>
            )}
          </div>
        );
      })}
      {free.length > 0 && papers.every((paper) => paper.value.trim()) && (
        <Button
          small
          className={styles.add}
          onClick={() => props.onLines(linesOf([...papers, { kind: free.at(-1) as IdentifierKind, value: '' }]))}
        >
          <Icon of={IconPlus} small />
          {t('person.addPaper')}
        </Button>
      )}
    </fieldset>
  );
}
