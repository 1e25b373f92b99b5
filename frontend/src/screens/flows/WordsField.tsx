import { useState } from 'react';
import { TextField } from '../../ui/Field';

/** Words parted by commas; what is typed stays as it is typed, what it means is handed on. */
export function WordsField({ label, value, onValue }: { label: string; value: string[]; onValue: (words: string[]) => void }) {
  const [typed, setTyped] = useState(value.join(', '));
  return (
    <TextField
      label={label}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onValue(
          event.target.value
            .split(',')
            .map((word) => word.trim())
            .filter(Boolean),
        );
      }}
    />
  );
}
