import { Check } from '../../ui/Field';
import fields from '../../ui/fields.module.css';

interface Props {
  legend: string;
  /** What choosing none in particular means: all of them, or that none is needed. */
  all: string;
  options: readonly { id: string; name: string }[];
  /** Empty for what `all` says. */
  ids: readonly string[];
  onChange: (ids: string[]) => void;
  /** With fewer there is nothing to choose. */
  fewest?: number;
}

/** All, or some of them by name. */
export function Chosen({ legend, all, options, ids, onChange, fewest = 2 }: Props) {
  if (options.length < fewest) return null;
  return (
    <fieldset className={fields.choices}>
      <legend className={fields.label}>{legend}</legend>
      <Check
        type="checkbox"
        checked={ids.length === 0}
        onChange={(event) => onChange(event.target.checked ? [] : options.map((one) => one.id))}
        label={all}
      />
      {ids.length > 0 &&
        options.map((one) => (
          <Check
            key={one.id}
            type="checkbox"
            checked={ids.includes(one.id)}
            onChange={(event) => onChange(event.target.checked ? [...ids, one.id] : ids.filter((id) => id !== one.id))}
            label={one.name}
          />
        ))}
    </fieldset>
  );
}
