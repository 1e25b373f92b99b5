import { IconPlus } from '@tabler/icons-react';
import clsx from 'clsx';
import { useWords } from '../../app/clinic';
import chips from '../../ui/chips.module.css';
import fieldStyles from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import styles from './Editor.module.css';
import { type FieldWords, mayBeEmpty, type TemplateField, templateFields } from './fields';

/** What a text may speak of; a press puts it where the cursor stands. */
export function FieldChips({ words, onPut }: { words: FieldWords; onPut: (field: TemplateField) => void }) {
  const { t } = useWords();
  const row = (fields: readonly TemplateField[]) => (
    <div className={clsx(layout.row, layout.wrap, styles.chips)}>
      {fields.map((field) => (
        <button key={field} type="button" className={chips.chip} onClick={() => onPut(field)}>
          <Icon of={IconPlus} small />
          {words.names[field]}
        </button>
      ))}
    </div>
  );
  return (
    <div className={layout.spaced}>
      <span className={fieldStyles.label}>{t('templates.insert')}</span>
      {row(templateFields.filter((field) => !mayBeEmpty(field)))}
      <p className={clsx(fieldStyles.hint, styles.optional)}>{t('wording.optional')}</p>
      {row(templateFields.filter(mayBeEmpty))}
    </div>
  );
}
