import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import clsx from 'clsx';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import settings from './settings.module.css';

interface Item {
  id: string;
  active: boolean;
}
interface Props<One extends Item> {
  query: UseQueryResult<One[]>;
  title: string;
  /** The button that adds one, which is also the dialog's title. */
  add: string;
  testId: string;
  empty: { title: string; text: string };
  row: (one: One) => { name: string; under: string | null };
  /** The inside of the dialog that adds one, or changes the one given. */
  form: (onClose: () => void, changed: One | null) => ReactNode;
}

/** A short list of what the clinic has of something, and a dialog to add another or change one. */
export function AddableList<One extends Item>({ query, title, add, testId, empty, row, form }: Props<One>) {
  const { t } = useWords();
  const [open, setOpen] = useState<'new' | One | null>(null);
  const close = () => setOpen(null);
  const changed = open === 'new' ? null : open;
  const button = (
    <Button kind="primary" onClick={() => setOpen('new')} data-testid={testId}>
      <Icon of={IconPlus} />
      {add}
    </Button>
  );
  return (
    <div className={settings.list}>
      {query.isPending ? (
        <Skeleton rows={4} />
      ) : query.isLoadingError ? (
        <LoadError error={query.error} title={t('settings.error')} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <Empty {...empty}>{button}</Empty>
      ) : (
        <>
          <Section title={title}>
            <span className={layout.end}>{button}</span>
          </Section>
          <ul className={clsx(lists.ruled, lists.lined)}>
            {query.data.map((one) => (
              <li key={one.id} className={settings.row}>
                <b className={typography.strong}>{row(one).name}</b>
                <span className={typography.muted}>{row(one).under}</span>
                <span className={clsx(layout.row, settings.rowEnd)}>
                  {!one.active && <StatusLabel tone="mute">{t('settings.inactive')}</StatusLabel>}
                  <Button kind="quiet" small onClick={() => setOpen(one)} aria-label={t('settings.changeName', { name: row(one).name })}>
                    {t('settings.change')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Dialog opened={open !== null} onClose={close} title={changed ? t('settings.changeName', { name: row(changed).name }) : add}>
        {open !== null && form(close, changed)}
      </Dialog>
    </div>
  );
}
