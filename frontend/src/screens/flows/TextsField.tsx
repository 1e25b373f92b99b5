import type { FlowLanguage, FlowTexts } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { TextArea, TextField } from '../../ui/Field';
import styles from './Flows.module.css';

const part = { es: 'es', en: 'en', 'pt-BR': 'pt' } as const satisfies Record<FlowLanguage, keyof FlowTexts>;
/** What a button takes. */
const BUTTON = 20;

/** The same in the flow's languages, side by side; a missing one says so, a long label says that no button takes it. */
export function TextsField(props: {
  label: string;
  value: FlowTexts;
  languages: readonly FlowLanguage[];
  onValue: (texts: FlowTexts) => void;
  /** A label of an option: one line, counted against a button. */
  short?: boolean;
}) {
  const { t } = useWords();
  const anywhere = props.languages.some((language) => props.value[part[language]]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as columns; the role says the same
    <div role="group" aria-label={props.label} className={styles.texts}>
      {props.languages.map((language) => {
        const text = props.value[part[language]];
        const field = {
          label: `${props.label} · ${t(`flows.language.${language}`)}`,
          value: text,
          lang: language,
          error: anywhere && text === '' ? t('flows.fault.text-missing') : undefined,
          onChange: (event: { target: { value: string } }) => props.onValue({ ...props.value, [part[language]]: event.target.value }),
        };
        return props.short ? (
          <TextField
            key={language}
            {...field}
            maxLength={60}
            hint={text.length > BUTTON ? t('flows.noButton', { length: text.length, limit: BUTTON }) : `${text.length}/${BUTTON}`}
          />
        ) : (
          <TextArea key={language} {...field} maxLength={1024} />
        );
      })}
    </div>
  );
}
