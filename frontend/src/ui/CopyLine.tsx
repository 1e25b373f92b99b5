import { IconCopy } from '@tabler/icons-react';
import { useId } from 'react';
import { useWords } from '../app/clinic';
import { Icon } from './Icon';
import { done } from './notices';

/** Something to carry over to another page: shown whole, selectable, and copied by its button. */
export function CopyLine({ label, value, copied }: { label: string; value: string; copied: string }) {
  const { t } = useWords();
  const id = useId();
  return (
    <div className="field">
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <div className="copyl">
        <input className="inp" id={id} readOnly value={value} onFocus={(event) => event.target.select()} />
        <button
          type="button"
          className="btn ic"
          aria-label={`${t('action.copy')}: ${label}`}
          onClick={() => void navigator.clipboard?.writeText(value).then(() => done(copied, t('action.close')))}
        >
          <Icon of={IconCopy} />
        </button>
      </div>
    </div>
  );
}
