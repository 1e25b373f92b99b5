import { useMutation } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { tryFlow } from '../../api/flows';
import type { FlowDocument, FlowLanguage, FlowStep, FlowTurn } from '../../api/flowTypes';
import type { Patient } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import bubbles from '../../ui/bubbles.module.css';
import { Dialog } from '../../ui/Dialog';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import layout from '../../ui/layout.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { AddMember } from '../patients/AddMember';
import styles from './Flows.module.css';

type Entry = { key: number } & ({ mine: string } | { turn: FlowTurn });

/** A telephone that goes through the flow as it is written now, by the real engine; nothing leaves and nothing is booked. */
export function TryPane({ document, onOpen }: { document: FlowDocument; onOpen: (node: string) => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const [language, setLanguage] = useState<FlowLanguage>(document.languages[0] ?? 'es');
  const [entries, setEntries] = useState<Entry[]>([]);
  const [typed, setTyped] = useState('');
  const [patient, setPatient] = useState<Patient | null>(null);
  const [choosing, setChoosing] = useState(false);
  const last = entries.findLast((one) => 'turn' in one);
  const turn = last && 'turn' in last ? last.turn : null;
  const trial = useMutation({
    mutationFn: (heard: { text: string | null; choiceId: string | null; anew: boolean }) =>
      tryFlow(clinic.id, {
        document,
        state: heard.anew ? null : (turn?.state ?? null),
        text: heard.text,
        choiceId: heard.choiceId,
        patientId: patient?.id ?? null,
        language,
      }),
    onSuccess: (answer) => setEntries((now) => [...now, { key: now.length, turn: answer }]),
  });
  const begin = () => {
    setEntries([]);
    trial.mutate({ text: null, choiceId: null, anew: true });
  };
  const say = (mine: string, choiceId: string | null) => {
    setEntries((now) => [...now, { key: now.length, mine }]);
    setTyped('');
    trial.mutate({ text: mine, choiceId, anew: false });
  };
  const waits = turn !== null && turn.state !== null && !trial.isPending;
  return (
    <>
      <Section title={t('flows.try')} />
      <p className={clsx(typography.small, typography.muted)}>{t('flows.nothingLeaves')}</p>
      <div className={clsx(layout.row, layout.wrap)}>
        <SelectField label={t('flows.tryIn')} value={language} onChange={(event) => setLanguage(event.target.value as FlowLanguage)}>
          {document.languages.map((one) => (
            <option key={one} value={one}>
              {t(`flows.language.${one}`)}
            </option>
          ))}
        </SelectField>
        <Button kind="quiet" onClick={() => setChoosing(true)} data-testid="try-as">
          {patient ? patient.displayName : t('flows.tryUnknown')}
        </Button>
        <Button onClick={begin} disabled={trial.isPending} data-testid="try-begin">
          {t(entries.length === 0 ? 'flows.tryBegin' : 'flows.tryAgain')}
        </Button>
      </div>
      <div className={styles.phone} role="log" aria-label={t('flows.try')} data-testid="try-log">
        {entries.map((entry) =>
          'mine' in entry ? (
            <p key={entry.key} className={clsx(bubbles.bubble, bubbles.sent)}>
              {entry.mine}
            </p>
          ) : (
            <div key={entry.key}>
              {entry.turn.said.map((said, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: what was said in a turn never changes its order
                <div key={at}>
                  <p className={clsx(bubbles.bubble, bubbles.received)}>{said.text}</p>
                  {entry === last && waits && said.buttons.length > 0 && (
                    <div className={clsx(layout.row, layout.wrap)}>
                      {said.buttons.map((button) => (
                        <Button key={button.id} small onClick={() => say(button.title, button.id)}>
                          {button.title}
                        </Button>
                      ))}
                    </div>
                  )}
                </div>
              ))}
              <Steps steps={entry.turn.steps} onOpen={onOpen} />
              {entry.turn.ending && <p className={clsx(typography.small, typography.muted)}>{t(`flows.ending.${entry.turn.ending}`)}</p>}
            </div>
          ),
        )}
      </div>
      <FormError error={trial.error} />
      <Dialog opened={choosing} onClose={() => setChoosing(false)} title={t('flows.tryAs')} fleeting>
        <AddMember
          known={[]}
          phone={null}
          onAdd={(one) => {
            setChoosing(false);
            setEntries([]);
            setPatient(one);
          }}
        />
        <Button
          onClick={() => {
            setChoosing(false);
            setEntries([]);
            setPatient(null);
          }}
        >
          {t('flows.tryUnknown')}
        </Button>
      </Dialog>
      <form
        className={clsx(layout.row, styles.write)}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '' && waits) say(typed.trim(), null);
        }}
      >
        <div className={layout.fill}>
          <TextField
            label={t('flows.tryWrite')}
            value={typed}
            disabled={turn === null || turn.state === null}
            onChange={(event) => setTyped(event.target.value)}
            data-testid="try-text"
          />
        </div>
        <Button type="submit" disabled={!waits || typed.trim() === ''} data-testid="try-send">
          {t('flows.trySend')}
        </Button>
      </form>
    </>
  );
}

/** What was understood and done, each a way to its step. */
export function Steps({ steps, onOpen }: { steps: FlowStep[]; onOpen?: (node: string) => void }) {
  const { t } = useWords();
  return (
    <ul className={clsx(typography.small, typography.muted, styles.passed)}>
      {steps.map((step, at) => {
        const what = t(`flows.passed.${step.kind}`) + (step.cause ? ` · ${step.cause}` : '');
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of a turn never change their order
          <li key={at}>
            {what}{' '}
            {step.node &&
              (onOpen ? (
                <Button kind="link" onClick={() => onOpen(step.node ?? '')}>
                  {step.node}
                </Button>
              ) : (
                step.node
              ))}
          </li>
        );
      })}
    </ul>
  );
}
