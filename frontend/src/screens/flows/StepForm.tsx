import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { insurancesQuery } from '../../api/agendaQueries';
import {
  answerTypes,
  type FlowDocument,
  type FlowFault,
  type FlowNode,
  type FlowNodeFigures,
  type FlowOption,
  flowLanguages,
  flowTests,
  noTexts,
} from '../../api/flowTypes';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import fields from '../../ui/fields.module.css';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { ActionForm } from './ActionForm';
import styles from './Flows.module.css';
import { leading, outline, replaced, tookWay, waysOf } from './flowTree';
import { shortly, titleOf } from './stepWords';
import { TextsGrid, TextsRow } from './TextsGrid';
import { WordsField } from './WordsField';

interface Props {
  document: FlowDocument;
  node: FlowNode;
  faults: FlowFault[];
  /** Left out while nobody knows. */
  figures?: FlowNodeFigures;
  /** Left out when nothing may be changed. */
  onChange?: (document: FlowDocument) => void;
}

/** One step: its words in the flow's languages side by side, what it does, and where each way out leads. */
export function StepForm({ document, node, faults, figures, onChange }: Props) {
  const { t } = useWords();
  const set = (next: FlowNode) => onChange?.(replaced(document, node.id, next));
  const elsewhere = faults.filter((fault) => fault.language === null);
  return (
    <fieldset className={styles.form} disabled={!onChange} data-testid="step-form">
      {elsewhere.length > 0 && (
        <ul className={styles.own} role="status">
          {elsewhere.map((fault) => (
            <li key={[fault.code, fault.field].join('/')}>{shortly(fault, t)}</li>
          ))}
        </ul>
      )}
      <Inside document={document} node={node} faults={faults} figures={figures} set={set} />
      {node.kind !== 'menu' && waysOf(node).length > 0 && (
        <div className={styles.side}>
          {waysOf(node).map((each) => (
            <SelectField
              key={String(each.way)}
              label={t(`flows.leads.${String(each.way)}`)}
              value={each.to}
              error={each.to === '' ? t('flows.fault.dead-end') : undefined}
              onChange={(event) => set(leading(node, each.way, event.target.value))}
            >
              <Steps document={document} />
            </SelectField>
          ))}
        </div>
      )}
    </fieldset>
  );
}

export interface Of<Kind extends FlowNode['kind']> {
  document: FlowDocument;
  node: Extract<FlowNode, { kind: Kind }>;
  faults: FlowFault[];
  figures?: FlowNodeFigures;
  set: (node: FlowNode) => void;
}

function Inside({ document, node, faults, figures, set }: Omit<Of<'message'>, 'node'> & { node: FlowNode }) {
  const { t } = useWords();
  const { languages } = document;
  switch (node.kind) {
    case 'message':
    case 'hand-over':
    case 'end':
      return (
        <TextsGrid languages={languages} faults={faults}>
          <TextsRow
            label={t(node.kind === 'message' ? 'flows.says' : 'flows.saysMaybe')}
            value={node.text}
            languages={languages}
            onValue={(text) => set({ ...node, text })}
          />
        </TextsGrid>
      );
    case 'menu':
      return <MenuForm document={document} node={node} faults={faults} figures={figures} set={set} />;
    case 'question':
      return <QuestionForm document={document} node={node} faults={faults} set={set} />;
    case 'condition':
      return <ConditionForm document={document} node={node} faults={faults} set={set} />;
    case 'action':
      return <ActionForm document={document} node={node} faults={faults} set={set} />;
    default:
      return null;
  }
}

function MenuForm({ document, node, faults, figures, set }: Of<'menu'>) {
  const { t, language } = useWords();
  const { languages } = document;
  const option = (at: number, next: Partial<FlowOption>) =>
    set({ ...node, options: node.options.map((one, place) => (place === at ? { ...one, ...next } : one)) });
  const free = () => {
    for (let number = 1; ; number++) if (!node.options.some((one) => one.id === `o${number}`)) return `o${number}`;
  };
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  return (
    <>
      <TextsGrid languages={languages} faults={faults}>
        <TextsRow label={t('flows.asksWith')} value={node.text} languages={languages} onValue={(text) => set({ ...node, text })} />
        {node.options.map((one, at) => {
          const took = figures && figures.reached > 0 ? tookWay(figures, node, { option: at }, one.next) : null;
          return (
            <TextsRow
              key={one.id}
              label={t('flows.option', { number: at + 1 })}
              lead={
                <span className={styles.goes}>
                  <span aria-hidden>→</span>
                  <select
                    className={clsx(fields.input, fields.select)}
                    aria-label={t('flows.leads.option', { number: at + 1 })}
                    aria-invalid={one.next === '' || undefined}
                    value={one.next}
                    onChange={(event) => option(at, { next: event.target.value })}
                  >
                    <Steps document={document} />
                  </select>
                  <b>{took === null || !figures ? '' : percent.format(took / figures.reached)}</b>
                </span>
              }
              short
              value={one.label}
              languages={languages}
              onValue={(label) => option(at, { label })}
            />
          );
        })}
      </TextsGrid>
      <div className={clsx(layout.row, layout.wrap)}>
        {node.options.length < 9 && (
          <Button
            small
            onClick={() => set({ ...node, options: [...node.options, { id: free(), label: noTexts, words: [], next: '' }] })}
            data-testid="option-add"
          >
            {t('flows.addOption')}
          </Button>
        )}
      </div>
      <details>
        <summary className={typography.small}>{t('flows.moreOfOptions')}</summary>
        <ol className={styles.options}>
          {node.options.map((one, at) => (
            <li key={one.id}>
              <WordsField label={t('flows.alsoWords', { number: at + 1 })} value={one.words} onValue={(words) => option(at, { words })} />
              <span>
                <Button kind="quiet" small onClick={() => set({ ...node, options: node.options.toSpliced(at, 1) })}>
                  {t('flows.removeOption', { number: at + 1 })}
                </Button>
              </span>
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function QuestionForm({ document, node, faults, set }: Of<'question'>) {
  const { t } = useWords();
  const { languages } = document;
  return (
    <>
      <TextsGrid languages={languages} faults={faults}>
        <TextsRow label={t('flows.asksWith')} value={node.text} languages={languages} onValue={(text) => set({ ...node, text })} />
        {node.answer === 'choice' &&
          node.choices.map((one, at) => (
            <TextsRow
              key={one.id}
              label={t('flows.option', { number: at + 1 })}
              short
              value={one.label}
              languages={languages}
              onValue={(label) => set({ ...node, choices: node.choices.map((each) => (each.id === one.id ? { ...each, label } : each)) })}
            />
          ))}
      </TextsGrid>
      {node.answer === 'choice' && node.choices.length < 9 && (
        <span>
          <Button small onClick={() => set({ ...node, choices: [...node.choices, { id: `c${node.choices.length + 1}`, label: noTexts }] })}>
            {t('flows.addOption')}
          </Button>
        </span>
      )}
      <div className={styles.side}>
        <SelectField
          label={t('flows.answerIs')}
          value={node.answer}
          onChange={(event) => set({ ...node, answer: event.target.value as typeof node.answer })}
        >
          {answerTypes.map((one) => (
            <option key={one} value={one}>
              {t(`flows.answer.${one}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('flows.keptAs')}
          hint={`${t('flows.keptAsHint')} {{answer.${node.name}}}`}
          value={node.name}
          maxLength={40}
          pattern="[a-z0-9][a-z0-9-]*"
          onChange={(event) => set({ ...node, name: event.target.value })}
        />
      </div>
    </>
  );
}

function ConditionForm({ document, node, set }: Of<'condition'>) {
  const { t } = useWords();
  const clinic = useClinic();
  const insurances = useQuery({ ...insurancesQuery(clinic.id), enabled: node.test === 'insurance' });
  const chosen = (value: string) => set({ ...node, value });
  return (
    <div className={styles.side}>
      <SelectField
        label={t('flows.asks')}
        value={node.test}
        onChange={(event) => set({ ...node, test: event.target.value as typeof node.test, value: '', name: '' })}
      >
        {flowTests.map((one) => (
          <option key={one} value={one}>
            {t(`flows.test.${one}`)}
          </option>
        ))}
      </SelectField>
      {node.test === 'answer' && (
        <SelectField label={t('flows.answerOf')} value={node.name} onChange={(event) => set({ ...node, name: event.target.value })}>
          <option value="">{t('flows.nowhere')}</option>
          {document.nodes.map((one) => one.kind === 'question' && <option key={one.id}>{one.name}</option>)}
        </SelectField>
      )}
      {node.test === 'language' && (
        <SelectField label={t('flows.is')} value={node.value} onChange={(event) => chosen(event.target.value)}>
          <option value="">{t('flows.nowhere')}</option>
          {flowLanguages.map((one) => (
            <option key={one} value={one}>
              {t(`flows.language.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      {node.test === 'insurance' && (
        <SelectField label={t('flows.is')} value={node.value} onChange={(event) => chosen(event.target.value)}>
          <option value="">{t('flows.nowhere')}</option>
          {(insurances.data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
      {(node.test === 'answer' || node.test === 'tag') && (
        <TextField
          label={t('flows.is')}
          value={node.value}
          maxLength={node.test === 'tag' ? 30 : 100}
          onChange={(event) => chosen(event.target.value)}
        />
      )}
    </div>
  );
}

/** Any step of the flow, by number and first words. */
function Steps({ document }: { document: FlowDocument }) {
  const { t } = useWords();
  return (
    <>
      <option value="">{t('flows.nowhere')}</option>
      {outline(document)
        .filter((row) => row.elsewhere === null)
        .map((row) => (
          <option key={row.key} value={row.node.id}>
            {row.number} {titleOf(row.node, t)}
          </option>
        ))}
    </>
  );
}
