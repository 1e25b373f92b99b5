import { IconCopy, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Problem, sentenceFor } from '../api/problems';
import { useTitle, useWords } from '../app/clinic';
import { EmptyPad, EmptySpike, TornPage } from './art';
import { Icon } from './Icon';

/** The head of a page: title, one line below, actions, and the head rule. `tab` is the browser's title where it differs. */
export function PageHead(props: {
  title: string;
  tab?: string;
  under?: ReactNode;
  above?: ReactNode;
  before?: ReactNode;
  children?: ReactNode;
}) {
  useTitle(props.tab ?? props.title);
  return (
    <div className="phead">
      {props.before}
      <div className="phead-t">
        {props.above && <p className="small">{props.above}</p>}
        <h1>{props.title}</h1>
        {props.under && <p className="muted">{props.under}</p>}
      </div>
      {props.children && <div className="acts">{props.children}</div>}
    </div>
  );
}

const drawings = { spike: EmptySpike, pad: EmptyPad, torn: TornPage };

/** Nothing here, said kindly and with something to do. */
export function Empty(props: { art?: keyof typeof drawings; title: string; text: string; children?: ReactNode; small?: boolean }) {
  const Art = drawings[props.art ?? 'pad'];
  return (
    <div className={`empty${props.small ? ' small-empty' : ''}`}>
      <Art />
      <div className="empty-t">
        <h2>{props.title}</h2>
        <p className="muted">{props.text}</p>
        {props.children && <div className="row wrap empty-a">{props.children}</div>}
      </div>
    </div>
  );
}

/** Something could not be loaded: what it means, the trace to give to support, and a way to try again. */
export function LoadError({ error, title, retry }: { error: unknown; title: string; retry?: () => void }) {
  const { t } = useWords();
  const trace = error instanceof Problem ? error.traceId : null;
  return (
    <div className="empty" role="alert">
      <TornPage />
      <div className="empty-t">
        <h2>{title}</h2>
        <p className="muted">{sentenceFor(error, t)}</p>
        {trace && <Trace id={trace} />}
        {retry && (
          <div className="row wrap empty-a">
            <button type="button" className="btn" onClick={retry}>
              <Icon of={IconRefresh} />
              {t('action.retry')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}

export function Trace({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <div className="trace small">
      <span>
        {t('error.trace')} <b className="b">{id}</b>
      </span>
      <button
        type="button"
        className="btn quiet sm ic"
        aria-label={t('error.copyTrace')}
        onClick={() => void navigator.clipboard?.writeText(id)}
      >
        <Icon of={IconCopy} />
      </button>
    </div>
  );
}

/** Rows in the shape of what is coming. `widths` are percentages of the middle column. */
export function Skeleton({ rows = 8, tall }: { rows?: number; tall?: boolean }) {
  const { t } = useWords();
  const widths = [70, 54, 62, 48, 66, 58, 74, 50];
  return (
    <div role="status" className="skel">
      <span className="sr">{t('state.loading')}</span>
      <div className="ruled" aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders have nothing else to be told apart by
          <div key={row} className={`skel-r${tall ? ' tall' : ''}`}>
            <span className="sk" />
            <span className="sk" style={{ width: `${widths[row % widths.length]}%` }} />
            <span className="sk sk-l" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A section title with something at its right end. */
export function Section({ title, id, children }: { title: string; id?: string; children?: ReactNode }) {
  return (
    <div className="sec">
      <h2 id={id}>{title}</h2>
      {children}
    </div>
  );
}
