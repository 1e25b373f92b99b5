import { IconAlertTriangle } from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Problem, sentenceFor } from '../api/problems';
import { useWords } from '../app/clinic';
import { Icon } from './Icon';
import layout from './layout.module.css';
import { Trace } from './Page';
import problemBox from './problemBox.module.css';
import typography from './typography.module.css';

/** What a form could not do, said inside the form, with everything typed still there. */
export function FormError({ error, children }: { error: unknown; children?: ReactNode }) {
  const { t } = useWords();
  if (!error) return null;
  const trace = error instanceof Problem && error.status >= 500 ? error.traceId : null;
  return (
    <div className={problemBox.problem} role="alert">
      <div className={clsx(layout.row, layout.top)}>
        <span className={problemBox.icon}>
          <Icon of={IconAlertTriangle} />
        </span>
        <p className={typography.small}>{sentenceFor(error, t)}</p>
      </div>
      {trace && <Trace id={trace} />}
      {children}
    </div>
  );
}
