import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import clsx from 'clsx';
import type { CSSProperties, ReactNode } from 'react';
import type { FlowFault, FlowLanguage, FlowTexts } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import fields from '../../ui/fields.module.css';
import { StatusLabel } from '../../ui/Status';
import styles from './TextsGrid.module.css';

const part = { es: 'es', en: 'en', 'pt-BR': 'pt' } as const satisfies Record<FlowLanguage, keyof FlowTexts>;
/** What a button takes. */
const BUTTON = 20;

/** The languages of a flow side by side: a missing translation is the commonest fault, so each says how it stands. */
export function TextsGrid(props: { languages: readonly FlowLanguage[]; faults?: FlowFault[]; children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className={styles.grid} style={{ '--languages': props.languages.length } as CSSProperties}>
      <span className={styles.corner} />
      {props.languages.map((language) => {
        const fault = props.faults?.find((one) => one.language === language);
        return (
          <span key={language} className={styles.language}>
            {t(`flows.language.${language}`)}
            {props.faults && (
              <StatusLabel tone={fault ? (fault.warning ? 'wait' : 'no') : 'ok'} icon={fault ? IconAlertTriangle : IconCircleCheck} bare>
                {fault ? t(`flows.fault.${fault.code}`) : t('flows.ready')}
              </StatusLabel>
            )}
          </span>
        );
      })}
      {props.children}
    </div>
  );
}

/** One text in the flow's languages; `lead` stands before them. */
export function TextsRow(props: {
  label: string;
  lead?: ReactNode;
  value: FlowTexts;
  languages: readonly FlowLanguage[];
  onValue: (texts: FlowTexts) => void;
  /** A label of an option: one line, counted against a button. */
  short?: boolean;
}) {
  const { t } = useWords();
  return (
    <>
      <div className={styles.lead}>{props.lead ?? props.label}</div>
      {props.languages.map((language) => {
        const text = props.value[part[language]];
        const long = props.short === true && text.length > BUTTON;
        const field = {
          'aria-label': `${props.label} · ${t(`flows.language.${language}`)}`,
          'aria-invalid': long || undefined,
          value: text,
          lang: language,
          placeholder: t(`flows.language.${language}`),
          onChange: (event: { target: { value: string } }) => props.onValue({ ...props.value, [part[language]]: event.target.value }),
        };
        return props.short ? (
          <div key={language} className={styles.counted}>
            <input {...field} className={fields.input} maxLength={60} autoComplete="off" />
            <span className={clsx(styles.count, long && styles.over)} title={long ? t('flows.noButton') : undefined}>
              {text.length}/{BUTTON}
            </span>
          </div>
        ) : (
          <textarea key={language} {...field} className={clsx(fields.input, fields.area, styles.area)} maxLength={1024} rows={3} />
        );
      })}
    </>
  );
}
