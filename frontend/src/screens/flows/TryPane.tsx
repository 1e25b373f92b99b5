import { IconMapPin, IconPaperclip, IconRefresh, IconSend2 } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import clsx from 'clsx';
import { useEffect, useRef, useState } from 'react';
import { tryFlow } from '../../api/flows';
import type { FlowDocument, FlowLanguage, FlowStep, FlowTurn } from '../../api/flowTypes';
import type { Patient } from '../../api/types';
import { type Translate, useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Temporal } from '../../time/temporal';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { AddMember } from '../patients/AddMember';
import { titleOf } from './stepWords';
import styles from './TryPane.module.css';

type Entry = { key: number } & ({ mine: string } | { turn: FlowTurn });

/** As whom, in which language and when a flow is tried. */
interface Scene {
  language: FlowLanguage;
  patient: Patient | null;
  /** On the clinic's clock, without a zone; empty for now. */
  at: string;
}

/** A telephone that goes through the flow as it is written now, by the real engine; nothing leaves and nothing is booked. */
export function TryPane({ document, onOpen }: { document: FlowDocument; onOpen: (node: string) => void }) {
  const { t, language: shown } = useWords();
  const clinic = useClinic();
  const [scene, setScene] = useState<Scene>({ language: document.languages[0] ?? 'es', patient: null, at: '' });
  const [entries, setEntries] = useState<Entry[]>([]);
  const [typed, setTyped] = useState('');
  const [choosing, setChoosing] = useState(false);
  const log = useRef<HTMLDivElement>(null);
  const last = entries.findLast((one) => 'turn' in one);
  const turn = last && 'turn' in last ? last.turn : null;
  const at = scene.at === '' ? null : Temporal.PlainDateTime.from(scene.at).toZonedDateTime(clinic.timeZone).toInstant().toString();
  const trial = useMutation({
    mutationFn: (heard: { text: string | null; choiceId: string | null; anew: boolean }) =>
      tryFlow(clinic.id, {
        document,
        state: heard.anew ? null : (turn?.state ?? null),
        text: heard.text,
        choiceId: heard.choiceId,
        patientId: scene.patient?.id ?? null,
        language: scene.language,
        at,
      }),
    onSuccess: (answer) => setEntries((now) => [...now, { key: now.length, turn: answer }]),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is said last is in sight
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [entries]);
  const begin = () => {
    setEntries([]);
    trial.mutate({ text: null, choiceId: null, anew: true });
  };
  const change = (next: Partial<Scene>) => {
    setEntries([]);
    setScene((now) => ({ ...now, ...next }));
  };
  const say = (mine: string, choiceId: string | null) => {
    setEntries((now) => [...now, { key: now.length, mine }]);
    setTyped('');
    trial.mutate({ text: mine, choiceId, anew: false });
  };
  const waits = turn !== null && turn.state !== null && !trial.isPending;
  return (
    <>
      <div className={layout.row}>
        <h2>{t('flows.try')}</h2>
        <Button className={layout.end} small onClick={() => setChoosing(true)} data-testid="try-as">
          {scene.patient?.displayName ?? t('flows.tryUnknown')}, {scene.language}
        </Button>
        <Button
          small
          iconOnly={entries.length > 0}
          aria-label={entries.length > 0 ? t('flows.tryAgain') : undefined}
          onClick={begin}
          disabled={trial.isPending}
          data-testid="try-begin"
        >
          {entries.length > 0 ? <Icon of={IconRefresh} /> : t('flows.tryBegin')}
        </Button>
      </div>
      <div className={styles.phone}>
        <div className={styles.top}>
          <b>{clinic.name}</b>
          <span>{at === null ? t('flows.nothingLeaves') : moment(at, clinic.timeZone, shown)}</span>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard as well */}
        <div className={styles.said} role="log" aria-label={t('flows.said')} tabIndex={0} ref={log} data-testid="try-log">
          {entries.map((entry) =>
            'mine' in entry ? (
              <p key={entry.key} className={clsx(styles.bubble, styles.mine)}>
                {entry.mine}
              </p>
            ) : (
              <Turn
                key={entry.key}
                turn={entry.turn}
                document={document}
                onOpen={onOpen}
                onTap={entry === last && waits ? (title, id) => say(title, id) : undefined}
              />
            ),
          )}
        </div>
        <form
          className={styles.write}
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '' && waits) say(typed.trim(), null);
          }}
        >
          <input
            aria-label={t('flows.tryWrite')}
            placeholder={t('flows.tryWrite')}
            value={typed}
            autoComplete="off"
            disabled={turn === null || turn.state === null}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="try-text"
          />
          <button type="submit" aria-label={t('flows.trySend')} disabled={!waits || typed.trim() === ''} data-testid="try-send">
            <Icon of={IconSend2} />
          </button>
        </form>
      </div>
      <FormError error={trial.error} />
      <Dialog opened={choosing} onClose={() => setChoosing(false)} title={t('flows.tryAs')} fleeting>
        <div className={forms.form}>
          <SelectField
            label={t('flows.tryIn')}
            value={scene.language}
            onChange={(event) => change({ language: event.target.value as FlowLanguage })}
          >
            {document.languages.map((one) => (
              <option key={one} value={one}>
                {t(`flows.language.${one}`)}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('flows.tryWhen')}
            hint={t('flows.tryWhenHint', { zone: clinic.timeZone })}
            type="datetime-local"
            value={scene.at}
            onChange={(event) => change({ at: event.target.value })}
            data-testid="try-at"
          />
          <p className={clsx(typography.small, typography.muted)}>
            {t('flows.tryPerson', { name: scene.patient?.displayName ?? t('flows.tryUnknown') })}
          </p>
          <AddMember known={[]} phone={null} onAdd={(patient) => change({ patient })} />
          <div className={clsx(layout.row, layout.wrap, forms.actions)}>
            <Button kind="primary" onClick={() => setChoosing(false)} data-testid="try-scene-done">
              {t('flows.tryDone')}
            </Button>
            {scene.patient && <Button onClick={() => change({ patient: null })}>{t('flows.tryUnknown')}</Button>}
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Turn(props: {
  turn: FlowTurn;
  document: FlowDocument;
  onOpen: (node: string) => void;
  onTap?: (title: string, id: string) => void;
}) {
  const { t } = useWords();
  const { turn, onTap } = props;
  return (
    <>
      <Steps
        steps={turn.steps.filter((step) => !quiet.has(step.kind))}
        document={props.document}
        onOpen={props.onOpen}
        className={styles.steps}
      />
      {turn.said.map((said, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was said in a turn never changes its order
        <div key={at} className={styles.bubble}>
          {said.place && (
            <span className={styles.attached}>
              <Icon of={IconMapPin} />
              {t('flows.place')}
            </span>
          )}
          {said.file && (
            <span className={styles.attached}>
              <Icon of={IconPaperclip} />
              {said.file.name}
            </span>
          )}
          {said.buttons.length > 0 ? withoutNumbers(said.text) : said.text}
          {said.list !== null && <span className={typography.strong}>{said.list}</span>}
          {said.buttons.map((button) => (
            <button key={button.id} type="button" className={styles.tap} disabled={!onTap} onClick={() => onTap?.(button.title, button.id)}>
              {button.title}
            </button>
          ))}
        </div>
      ))}
      {turn.ending && <p className={styles.steps}>{t(`flows.ending.${turn.ending}`)}</p>}
    </>
  );
}

/** What is seen in the bubbles anyway. */
const quiet = new Set(['said', 'asked', 'began', 'ended']);

/** Buttons stand for the numbers, which only lines without buttons show. */
const withoutNumbers = (text: string): string => text.replace(/\n\n1\. [\s\S]*$/, '');

/** What was understood and done, each a way to its step where there is one to open. */
export function Steps(props: { steps: FlowStep[]; document?: FlowDocument; onOpen?: (node: string) => void; className?: string }) {
  const { t } = useWords();
  const { document, onOpen } = props;
  return (
    <ul className={props.className ?? clsx(typography.small, typography.muted, styles.passed)}>
      {props.steps.map((step, at) => {
        const node = document?.nodes.find((one) => one.id === step.node);
        const called = node ? titleOf(node, t) : step.node;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of a turn never change their order
          <li key={at}>
            {t(`flows.passed.${step.kind}`)}
            {causeOf(step, document, t)}{' '}
            {called &&
              (onOpen ? (
                <Button kind="link" onClick={() => onOpen(step.node ?? '')}>
                  {called}
                </Button>
              ) : (
                called
              ))}
          </li>
        );
      })}
    </ul>
  );
}

/** An option is said as it is called; codes as they are. */
function causeOf(step: FlowStep, document: FlowDocument | undefined, t: Translate): string {
  if (step.cause === null) return '';
  const node = document?.nodes.find((one) => one.id === step.node);
  const option = node?.kind === 'menu' ? node.options.find((one) => one.id === step.cause) : undefined;
  if (option) return ` «${option.label.es || option.label.en || option.label.pt}»`;
  if (step.kind === 'branched' && (step.cause === 'yes' || step.cause === 'no')) return ` ${t(`flows.way.${step.cause}`)}`;
  return ` · ${step.cause}`;
}
