import { useEffect, useState } from 'react';
import { TextField } from '../../ui/Field';

const wordsIn = (typed: string) =>
  typed
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** Words parted by commas; what is typed stays as it is typed for as long as it means the same. */
export function WordsField({ label, value, onValue }: { label: string; value: string[]; onValue: (words: string[]) => void }) {
  const [typed, setTyped] = useState(value.join(', '));
  useEffect(() => {
    setTyped((now) => (wordsIn(now).join() === value.join() ? now : value.join(', ')));
  }, [value]);
  return (
    <TextField
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onValue(wordsIn(event.target.value));
      }}
    />
  );
}
