import { type FlowDocument, type FlowLanguage, type FlowTrigger, flowLanguages, triggerKinds } from '../../api/flowTypes';
import { useWords } from '../../app/clinic';
import { TextField } from '../../ui/Field';
import forms from '../../ui/forms.module.css';
import typography from '../../ui/typography.module.css';
import styles from './Flows.module.css';
import { TextsGrid, TextsRow } from './TextsGrid';
import { WordsField } from './WordsField';

/** What begins the flow, in which languages it speaks and how patient it is. */
export function FlowRules({ document, onChange }: { document: FlowDocument; onChange?: (document: FlowDocument) => void }) {
  const { t } = useWords();
  const { rules, triggers, languages } = document;
  const set = (next: Partial<FlowDocument>) => onChange?.({ ...document, ...next });
  const trigger = (on: FlowTrigger['on'], wanted: boolean) =>
    set({ triggers: wanted ? [...triggers, { on, words: [] }] : triggers.filter((one) => one.on !== on) });
  const speaks = (language: FlowLanguage, wanted: boolean) => {
    const next = flowLanguages.filter((one) => (one === language ? wanted : languages.includes(one)));
    if (next.length > 0) set({ languages: [...next] });
  };
  const worded = triggers.filter((one) => one.on === 'keyword' || one.on === 'button');
  const number = (value: string, least: number) => Math.max(least, Math.round(Number(value)) || 0);
  return (
    <details className={styles.fold}>
      <summary className={typography.strong}>{t('flows.rules')}</summary>
      <fieldset className={forms.form} disabled={!onChange}>
        <legend>{t('flows.begins')}</legend>
        {triggerKinds.map((on) => (
          <label key={on} className={styles.check}>
            <input
              type="checkbox"
              checked={triggers.some((one) => one.on === on)}
              onChange={(event) => trigger(on, event.target.checked)}
            />
            {t(`flows.trigger.${on}`)}
          </label>
        ))}
        {worded.map((begun) => (
          <WordsField
            key={begun.on}
            label={t(begun.on === 'button' ? 'flows.buttonWords' : 'flows.keywords')}
            value={begun.words}
            onValue={(words) => set({ triggers: triggers.map((one) => (one === begun ? { ...one, words } : one)) })}
          />
        ))}
      </fieldset>
      <fieldset className={forms.form} disabled={!onChange}>
        <legend>{t('flows.speaks')}</legend>
        {flowLanguages.map((language) => (
          <label key={language} className={styles.check}>
            <input type="checkbox" checked={languages.includes(language)} onChange={(event) => speaks(language, event.target.checked)} />
            {t(`flows.language.${language}`)}
          </label>
        ))}
      </fieldset>
      <fieldset className={forms.form} disabled={!onChange}>
        <legend>{t('flows.patience')}</legend>
        <TextField
          label={t('flows.answerMinutes')}
          type="number"
          min={1}
          value={Math.round(rules.answerSeconds / 60)}
          onChange={(event) => set({ rules: { ...rules, answerSeconds: number(event.target.value, 1) * 60 } })}
        />
        <TextField
          label={t('flows.closeMinutes')}
          type="number"
          min={1}
          value={Math.round(rules.closeSeconds / 60)}
          onChange={(event) => set({ rules: { ...rules, closeSeconds: number(event.target.value, 1) * 60 } })}
        />
        <TextsGrid languages={languages}>
          <TextsRow
            label={t('flows.closing')}
            value={rules.closing}
            languages={languages}
            onValue={(closing) => set({ rules: { ...rules, closing } })}
          />
        </TextsGrid>
        <TextField
          label={t('flows.retries')}
          type="number"
          min={0}
          max={5}
          value={rules.retries}
          onChange={(event) => set({ rules: { ...rules, retries: Math.min(5, number(event.target.value, 0)) } })}
        />
        <TextField
          label={t('flows.noticeHours')}
          type="number"
          min={0}
          value={rules.noticeHours}
          onChange={(event) => set({ rules: { ...rules, noticeHours: number(event.target.value, 0) } })}
        />
      </fieldset>
    </details>
  );
}
