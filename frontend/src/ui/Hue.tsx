import clsx from 'clsx';
import { useId } from 'react';
import { useWords } from '../app/clinic';
import fields from './fields.module.css';
import styles from './Hue.module.css';
import layout from './layout.module.css';

/** As many as the server's palette has. */
const HUES = 8;

export const hueStyle = (hue: number | null | undefined) =>
  hue === null || hue === undefined ? undefined : ({ '--hue': `var(--hue-${hue % HUES})` } as React.CSSProperties);

/** Tells by colour what words beside it tell as well. */
export const HueDot = ({ hue }: { hue: number | null | undefined }) =>
  hue === null || hue === undefined ? null : <span className={styles.dot} style={hueStyle(hue)} aria-hidden="true" />;

interface Props {
  label: string;
  value: number | null;
  onChange: (hue: number | null) => void;
  /** Whether it may have no colour at all. */
  optional?: boolean;
}

/** Chooses a colour of the agenda's palette. */
export function HueField({ label, value, onChange, optional }: Props) {
  const { t } = useWords();
  const name = useId();
  const options = [...(optional ? [null] : []), ...Array.from({ length: HUES }, (_, hue) => hue)];
  return (
    <fieldset className={styles.hues}>
      <legend className={fields.label}>{label}</legend>
      <div>
        {options.map((hue) => (
          <label key={hue ?? 'none'} title={hue === null ? t('settings.noColour') : t('settings.colourNumber', { number: hue + 1 })}>
            <input type="radio" className={layout.visuallyHidden} name={name} checked={value === hue} onChange={() => onChange(hue)} />
            <span className={clsx(hue === null ? styles.none : styles.dot)} style={hueStyle(hue)} aria-hidden="true" />
            <span className={layout.visuallyHidden}>
              {hue === null ? t('settings.noColour') : t('settings.colourNumber', { number: hue + 1 })}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
