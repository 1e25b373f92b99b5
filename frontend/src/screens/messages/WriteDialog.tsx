import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { writingLinesQuery } from '../../api/queries';
import type { Addressee, WritingLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Dialog } from '../../ui/Dialog';
import { Segments, SelectField } from '../../ui/Field';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import typography from '../../ui/typography.module.css';
import { ContactForm } from './ContactForm';
import { PlaceForm } from './PlaceForm';
import { WordsForm } from './WordsForm';

interface Props {
  opened: boolean;
  addressee: Addressee;
  name: string;
  onClose: () => void;
  /** What else is to happen once it is on its way. */
  onSent?: () => void;
}

/** Words, a file, a place or a contact to one person, on one of the clinic's lines. */
export function WriteDialog({ opened, addressee, name, onClose, onSent }: Props) {
  const { t } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('write.title')} under={name}>
      <Write addressee={addressee} onClose={onClose} onSent={onSent} />
    </Dialog>
  );
}

const ways = [
  ['words', WordsForm],
  ['place', PlaceForm],
  ['contact', ContactForm],
] as const;
type Way = (typeof ways)[number][0];

function Write({ addressee, onClose, onSent }: Omit<Props, 'opened' | 'name'>) {
  const { t } = useWords();
  const clinic = useClinic();
  // Not knowing the lines is no reason to keep anybody from writing: the server knows the default one.
  const lines = useQuery(writingLinesQuery(clinic.id, addressee)).data ?? [];
  const [way, setWay] = useState<Way>('words');
  const [chosen, setChosen] = useState<string | null>(null);
  const line = lines.find((one) => one.lineId === chosen) ?? lines.find((one) => one.suggested) ?? null;
  const closed = line !== null && refusalOf(line) !== null;
  return (
    <div className={forms.form}>
      {line && <OnWhichLine lines={lines} line={line} onChoose={setChosen} />}
      <Segments
        className={fields.even}
        label={t('write.what')}
        value={way}
        onChange={setWay}
        options={ways.map(([value]) => ({ value, label: t(`write.way.${value}`) }))}
      />
      {ways.map(([value, Form]) => (
        // All stay, so that looking at another loses nothing of what was typed.
        <div key={value} hidden={value !== way}>
          <Form addressee={addressee} lineId={line?.lineId ?? null} closed={closed} onDone={onClose} onSent={onSent} />
        </div>
      ))}
    </div>
  );
}

/** Why no words may leave from there now; null when they may. */
const refusalOf = (line: WritingLine): 'noAddress' | 'windowClosed' | null =>
  !line.reachable ? 'noAddress' : line.window24h && !line.windowClosesAt ? 'windowClosed' : null;

/** Where it leaves from, and until when words may leave from there. */
function OnWhichLine(props: { lines: WritingLine[]; line: WritingLine; onChoose: (id: string) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const { lines, line } = props;
  const hint = !line.window24h
    ? line.state === 'linked'
      ? undefined
      : t('write.lineWaits')
    : line.windowClosesAt
      ? t('write.windowOpen', { when: moment(line.windowClosesAt, clinic.timeZone, language) })
      : undefined;
  const refusal = refusalOf(line);
  const refused = refusal ? t(`write.${refusal}`) : undefined;
  if (lines.length === 1) {
    return refused || hint ? (
      <p
        className={clsx(typography.small, refused ? [fields.hint, fields.error] : typography.muted)}
        role={refused ? 'alert' : undefined}
        data-testid="write-window"
      >
        {refused ?? hint}
      </p>
    ) : null;
  }
  return (
    <SelectField
      label={t('write.line')}
      hint={hint}
      error={refused}
      value={line.lineId}
      onChange={(event) => props.onChoose(event.target.value)}
      data-testid="write-line"
    >
      {lines.map((one) => (
        <option key={one.lineId} value={one.lineId}>
          {one.name}
        </option>
      ))}
    </SelectField>
  );
}
