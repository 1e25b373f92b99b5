import { IconCopy, IconRefresh } from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Problem, sentenceFor } from '../api/problems';
import { useTitle, useWords } from '../app/clinic';
import { EmptyPad, EmptySpike, TornPage } from './art';
import { Button } from './Button';
import { Icon } from './Icon';
import layout from './layout.module.css';
import lists from './lists.module.css';
import styles from './Page.module.css';
import { SkeletonBar } from './SkeletonBar';
import skeletons from './skeletons.module.css';
import typography from './typography.module.css';

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
    <div className={styles.head}>
      {props.before}
      <div className={styles.headText}>
        {props.above && <p className={typography.small}>{props.above}</p>}
        <h1>{props.title}</h1>
        {props.under && <p className={typography.muted}>{props.under}</p>}
      </div>
      {props.children && <div className={styles.actions}>{props.children}</div>}
    </div>
  );
}

const drawings = { spike: EmptySpike, pad: EmptyPad, torn: TornPage };

/** Nothing here, said kindly and with something to do. */
export function Empty(props: { art?: keyof typeof drawings; title: string; text: string; children?: ReactNode; small?: boolean }) {
  const Art = drawings[props.art ?? 'pad'];
  return (
    <div className={clsx(styles.empty, props.small && styles.emptySmall)} data-testid="empty">
      <Art />
      <div className={styles.emptyText}>
        <h2>{props.title}</h2>
        <p className={typography.muted}>{props.text}</p>
        {props.children && <div className={clsx(layout.row, layout.wrap, styles.emptyActions)}>{props.children}</div>}
      </div>
    </div>
  );
}

/** Something could not be loaded: what it means, the trace to give to support, and a way to try again. */
export function LoadError({ error, title, retry }: { error: unknown; title: string; retry?: () => void }) {
  const { t } = useWords();
  const trace = error instanceof Problem ? error.traceId : null;
  return (
    <div className={styles.empty} role="alert">
      <TornPage />
      <div className={styles.emptyText}>
        <h2>{title}</h2>
        <p className={typography.muted}>{sentenceFor(error, t)}</p>
        {trace && <Trace id={trace} />}
        {retry && (
          <div className={clsx(layout.row, layout.wrap, styles.emptyActions)}>
            <Button onClick={retry}>
              <Icon of={IconRefresh} />
              {t('action.retry')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

export function Trace({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <div className={clsx(styles.trace, typography.small)}>
      <span>
        {t('error.trace')} <b className={typography.strong}>{id}</b>
      </span>
      <Button kind="quiet" small iconOnly aria-label={t('error.copyTrace')} onClick={() => void navigator.clipboard?.writeText(id)}>
        <Icon of={IconCopy} />
      </Button>
    </div>
  );
}

/** Rows in the shape of what is coming. `widths` are percentages of the middle column. */
export function Skeleton({ rows = 8, tall }: { rows?: number; tall?: boolean }) {
  const { t } = useWords();
  const widths = [70, 54, 62, 48, 66, 58, 74, 50];
  return (
    <div role="status" className={skeletons.rows}>
      <span className={layout.visuallyHidden}>{t('state.loading')}</span>
      <div className={lists.ruled} aria-hidden="true">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders have nothing else to be told apart by
          <div key={row} className={clsx(skeletons.row, tall && skeletons.tall)}>
            <SkeletonBar />
            <SkeletonBar style={{ width: `${widths[row % widths.length]}%` }} />
            <SkeletonBar className={skeletons.label} />
          </div>
        ))}
      </div>
    </div>
  );
}

/** A section title with something at its right end. */
export function Section({ title, id, children }: { title: string; id?: string; children?: ReactNode }) {
  return (
    <div className={styles.section}>
      <h2 id={id}>{title}</h2>
      {children}
    </div>
  );
}
