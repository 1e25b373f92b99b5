import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { servicesQuery } from '../../api/agendaQueries';
import {
  answerTypes,
  type FlowDocument,
  type FlowFault,
  type FlowNode,
  type FlowOption,
  flowActions,
  flowLanguages,
  flowTests,
  noTexts,
} from '../../api/flowTypes';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { sentence } from './FaultBar';
import { titleOf } from './FlowList';
import styles from './Flows.module.css';
import { leading, outline, replaced, waysOf } from './flowTree';
import { TextsField } from './TextsField';
import { WordsField } from './WordsField';

interface Props {
  document: FlowDocument;
  node: FlowNode;
  faults: FlowFault[];
  /** Left out when nothing may be changed. */
  onChange?: (document: FlowDocument) => void;
}

/** One step: its words in the flow's languages side by side, what it does, and where each way out leads. */
export function StepForm({ document, node, faults, onChange }: Props) {
  const { t } = useWords();
  const set = (next: FlowNode) => onChange?.(replaced(document, node.id, next));
  const readOnly = !onChange;
  return (
    <fieldset className={clsx(forms.form, styles.form)} disabled={readOnly} data-testid="step-form">
      <legend id="flow-step" tabIndex={-1} className={typography.strong}>
        {titleOf(node, t)} <span className={clsx(typography.small, typography.muted)}>{t(`flows.kind.${node.kind}`)}</span>
      </legend>
      {faults.length > 0 && (
        <ul className={styles.own} role="status">
          {faults.map((fault) => (
            <li key={[fault.code, fault.field, fault.language].join('/')}>{sentence({ ...fault, node: null }, t)}</li>
          ))}
        </ul>
      )}
      <Inside document={document} node={node} set={set} />
      {node.kind !== 'menu' &&
        waysOf(node).map((each) => (
          <Target
            key={String(each.way)}
            document={document}
            from={node.id}
            label={t(`flows.leads.${String(each.way)}`)}
            value={each.to}
            onValue={(to) => set(leading(node, each.way, to))}
          />
        ))}
    </fieldset>
  );
}

function Inside({ document, node, set }: { document: FlowDocument; node: FlowNode; set: (node: FlowNode) => void }) {
  const { t } = useWords();
  const languages = document.languages;
  switch (node.kind) {
    case 'message':
      return <TextsField label={t('flows.says')} value={node.text} languages={languages} onValue={(text) => set({ ...node, text })} />;
    case 'hand-over':
    case 'end':
      return <TextsField label={t('flows.saysMaybe')} value={node.text} languages={languages} onValue={(text) => set({ ...node, text })} />;
    case 'menu':
      return <MenuInside document={document} node={node} set={set} />;
    case 'question':
      return <QuestionInside document={document} node={node} set={set} />;
    case 'condition':
      return (
        <>
          <SelectField
            label={t('flows.asks')}
            value={node.test}
            onChange={(event) => set({ ...node, test: event.target.value as typeof node.test })}
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
            <SelectField label={t('flows.is')} value={node.value} onChange={(event) => set({ ...node, value: event.target.value })}>
              <option value="">{t('flows.nowhere')}</option>
              {flowLanguages.map((one) => (
                <option key={one} value={one}>
                  {t(`flows.language.${one}`)}
                </option>
              ))}
            </SelectField>
          )}
          {node.test === 'answer' && (
            <TextField
              label={t('flows.is')}
              value={node.value}
              maxLength={100}
              onChange={(event) => set({ ...node, value: event.target.value })}
            />
          )}
        </>
      );
    case 'action':
      return <ActionInside document={document} node={node} set={set} />;
    default:
      return null;
  }
}

type Of<Kind extends FlowNode['kind']> = { document: FlowDocument; node: Extract<FlowNode, { kind: Kind }>; set: (node: FlowNode) => void };

function MenuInside({ document, node, set }: Of<'menu'>) {
  const { t } = useWords();
  const option = (at: number, next: Partial<FlowOption>) =>
    set({ ...node, options: node.options.map((one, place) => (place === at ? { ...one, ...next } : one)) });
  const free = () => {
    for (let number = 1; ; number++) if (!node.options.some((one) => one.id === `o${number}`)) return `o${number}`;
  };
  return (
    <>
      <TextsField label={t('flows.asksWith')} value={node.text} languages={document.languages} onValue={(text) => set({ ...node, text })} />
      <ol className={styles.options}>
        {node.options.map((one, at) => (
          <li key={one.id}>
            <TextsField
              label={t('flows.option', { number: at + 1 })}
              short
              value={one.label}
              languages={document.languages}
              onValue={(label) => option(at, { label })}
            />
            <WordsField label={t('flows.alsoWords')} value={one.words} onValue={(words) => option(at, { words })} />
            <Target
              document={document}
              from={node.id}
              label={t('flows.leads.option', { number: at + 1 })}
              value={one.next}
              onValue={(next) => option(at, { next })}
            />
            <Button kind="quiet" small onClick={() => set({ ...node, options: node.options.toSpliced(at, 1) })}>
              {t('flows.removeOption', { number: at + 1 })}
            </Button>
          </li>
        ))}
      </ol>
      {node.options.length < 9 && (
        <Button
          onClick={() => set({ ...node, options: [...node.options, { id: free(), label: noTexts, words: [], next: '' }] })}
          data-testid="option-add"
        >
          {t('flows.addOption')}
        </Button>
      )}
    </>
  );
}

function QuestionInside({ document, node, set }: Of<'question'>) {
  const { t } = useWords();
  return (
    <>
      <TextsField label={t('flows.asksWith')} value={node.text} languages={document.languages} onValue={(text) => set({ ...node, text })} />
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
      {node.answer === 'choice' && (
        <>
          {node.choices.map((one, at) => (
            <TextsField
              key={one.id}
              label={t('flows.option', { number: at + 1 })}
              short
              value={one.label}
              languages={document.languages}
              onValue={(label) => set({ ...node, choices: node.choices.map((each) => (each.id === one.id ? { ...each, label } : each)) })}
            />
          ))}
          {node.choices.length < 9 && (
            <Button onClick={() => set({ ...node, choices: [...node.choices, { id: `c${node.choices.length + 1}`, label: noTexts }] })}>
              {t('flows.addOption')}
            </Button>
          )}
        </>
      )}
      <TextField
        label={t('flows.keptAs')}
        hint={t('flows.keptAsHint', { field: `{{answer.${node.name}}}`, interpolation: { skipOnVariables: true } })}
        value={node.name}
        maxLength={40}
        pattern="[a-z0-9][a-z0-9-]*"
        onChange={(event) => set({ ...node, name: event.target.value })}
      />
    </>
  );
}

function ActionInside({ document, node, set }: Of<'action'>) {
  const { t } = useWords();
  const clinic = useClinic();
  const services = useQuery(servicesQuery(clinic.id));
  return (
    <>
      <SelectField
        label={t('flows.does')}
        value={node.action}
        onChange={(event) => set({ ...node, action: event.target.value as typeof node.action })}
      >
        {flowActions.map((one) => (
          <option key={one} value={one}>
            {t(`flows.action.${one}`)}
          </option>
        ))}
      </SelectField>
      {(node.action === 'book' || node.action === 'join-waitlist') && (
        <SelectField
          label={t('flows.service')}
          value={node.healthcareServiceIds[0] ?? ''}
          onChange={(event) => set({ ...node, healthcareServiceIds: event.target.value ? [event.target.value] : [] })}
        >
          <option value="">{t('flows.anyService')}</option>
          {(services.data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
      {node.action === 'consent' && (
        <TextsField
          label={t('flows.saysMaybe')}
          value={node.text}
          languages={document.languages}
          onValue={(text) => set({ ...node, text })}
        />
      )}
      <p className={clsx(typography.small, typography.muted)}>{t('flows.confirmedFirst')}</p>
    </>
  );
}

/** Where a way out leads: any step of the flow, by number and first words. */
function Target(props: { document: FlowDocument; from: string; label: string; value: string; onValue: (to: string) => void }) {
  const { t } = useWords();
  return (
    <div className={layout.fill}>
      <SelectField
        label={props.label}
        value={props.value}
        error={props.value === '' ? t('flows.fault.dead-end') : undefined}
        onChange={(event) => props.onValue(event.target.value)}
      >
        <option value="">{t('flows.nowhere')}</option>
        {outline(props.document).map((row) => (
          <option key={row.node.id} value={row.node.id}>
            {row.number} {titleOf(row.node, t)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
