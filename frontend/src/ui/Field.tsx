import { IconAlertTriangle } from '@tabler/icons-react';
import clsx from 'clsx';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useEffect,
  useId,
  useState,
} from 'react';
import { useWords } from '../app/clinic';
import { readTime } from '../time/readTime';
import fields from './fields.module.css';
import { Icon } from './Icon';

interface Common {
  label: ReactNode;
  hint?: ReactNode;
  /** A sentence; the input is then marked invalid and described by it. */
  error?: string;
}

function useField({ hint, error }: Pick<Common, 'hint' | 'error'>) {
  const id = useId();
  const describedBy = [error ? `${id}-e` : '', hint ? `${id}-h` : ''].filter(Boolean).join(' ');
  return { id, aria: { 'aria-invalid': error ? true : undefined, 'aria-describedby': describedBy || undefined } as const };
}

function Around({ id, label, hint, error, children }: Common & { id: string; children: ReactNode }) {
  return (
    <div>
      <label className={fields.label} htmlFor={id}>
        {label}
      </label>
      {children}
      {error && (
        <p className={clsx(fields.hint, fields.error)} id={`${id}-e`}>
          <Icon of={IconAlertTriangle} small /> {error}
        </p>
      )}
      {hint && (
        <p className={fields.hint} id={`${id}-h`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The browser takes no letter beyond `maxLength` and does not say why; here the number is said once it is reached. */
function useLimit({ hint, value, maxLength }: { hint?: ReactNode; value?: unknown; maxLength?: number }): ReactNode {
  const { t } = useWords();
  if (maxLength === undefined || typeof value !== 'string' || value.length < maxLength) return hint;
  return (
    <>
      {t('state.full', { limit: maxLength })} {hint}
    </>
  );
}

export function TextField({ label, hint, error, ...input }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const said = useLimit({ hint, ...input });
  const { id, aria } = useField({ hint: said, error });
  return (
    <Around id={id} label={label} hint={said} error={error}>
      <input className={fields.input} id={id} autoComplete="off" {...aria} {...input} />
    </Around>
  );
}

export function TextArea({ label, hint, error, ...input }: Common & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const said = useLimit({ hint, ...input });
  const { id, aria } = useField({ hint: said, error });
  return (
    <Around id={id} label={label} hint={said} error={error}>
      <textarea className={clsx(fields.input, fields.area)} id={id} rows={3} {...aria} {...input} />
    </Around>
  );
}

export function SelectField({ label, hint, error, children, ...input }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const { id, aria } = useField({ hint, error });
  return (
    <Around id={id} label={label} hint={hint} error={error}>
      <select className={clsx(fields.input, fields.select)} id={id} {...aria} {...input}>
        {children}
      </select>
    </Around>
  );
}

/**
 * A time of day on 24 hours, typed fast: `9`, `930` and `9:30` are all read. The browser's own time field follows the
 * computer's language and would ask for AM and PM.
 */
export function TimeField({
  label,
  hint,
  error,
  value,
  onValue,
  endOfDay,
  ...input
}: Common &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'> & {
    value: string;
    onValue: (time: string) => void;
    /** 24:00 is a time here. */
    endOfDay?: boolean;
  }) {
  const { id, aria } = useField({ hint, error });
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    setTyped((now) => ((readTime(now, endOfDay) ?? '') === value ? now : value));
  }, [value, endOfDay]);
  return (
    <Around id={id} label={label} hint={hint} error={error}>
      <input
        className={fields.input}
        id={id}
        type="text"
        inputMode="numeric"
        placeholder="hh:mm"
        autoComplete="off"
        maxLength={5}
        {...aria}
        {...input}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          onValue(readTime(event.target.value, endOfDay) ?? '');
        }}
        onBlur={() => setTyped(readTime(typed, endOfDay) ?? typed)}
      />
    </Around>
  );
}

/** One choice of a few, shown as a segmented bar. */
export function Segments<Value extends string>(props: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: ReactNode }[];
  onChange: (value: Value) => void;
  className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a bar; the role says the same
    <div className={clsx(fields.segments, props.className)} role="group" aria-label={props.label}>
      {props.options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === props.value} onClick={() => props.onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}

export function Check({ label, hint, ...input }: { label: ReactNode; hint?: ReactNode } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className={fields.check}>
      <input id={id} {...input} aria-describedby={hint ? `${id}-h` : undefined} />
      <label htmlFor={id}>
        <span>{label}</span>
        {hint && (
          <span className={fields.hint} id={`${id}-h`}>
            {hint}
          </span>
        )}
      </label>
    </div>
  );
}
