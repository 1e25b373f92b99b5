import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Problem, sentenceFor } from '../api/problems';
import { useWords } from '../app/clinic';
import { Icon } from './Icon';
import { Trace } from './Page';

/** What a form could not do, said inside the form, with everything typed still there. */
export function FormError({ error, children }: { error: unknown; children?: ReactNode }) {
  const { t } = useWords();
  if (!error) return null;
  const trace = error instanceof Problem && error.status >= 500 ? error.traceId : null;
  return (
    <div className="inline-no" role="alert">
      <div className="row top">
        <span className="no-i">
          <Icon of={IconAlertTriangle} />
        </span>
        <p className="small">{sentenceFor(error, t)}</p>
      </div>
      {trace && <Trace id={trace} />}
      {children}
    </div>
  );
}
