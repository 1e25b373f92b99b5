import { IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import { useWords } from '../app/clinic';
import { Button } from './Button';
import styles from './CopyLine.module.css';
import fields from './fields.module.css';
import { Icon } from './Icon';
import { done } from './notices';

/** Something to carry over to another page: shown whole, selectable, and copied by its button. */
export function CopyLine({ label, value, copied }: { label: string; value: string; copied: string }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div>
      <label className={fields.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.line}>
        <input className={fields.input} id={id} readOnly value={value} onFocus={(event) => event.target.select()} />
        <Button
          iconOnly
          aria-label={`${t('action.copy')}: ${label}`}
          onClick={() => void navigator.clipboard?.writeText(value).then(() => done(copied, t('action.close')))}
        >
          <Icon of={IconCopy} />
        </Button>
      </div>
    </div>
  );
}
