import { IconPlus } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../app/clinic';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';

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
  form: (onClose: () => void) => ReactNode;
}

/** A short list of what the clinic has of something, and a dialog to add another. */
export function AddableList<One extends Item>({ query, title, add, testId, empty, row, form }: Props<One>) {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  const close = () => setAdding(false);
  const button = (
    <button type="button" className="btn pri" onClick={() => setAdding(true)} data-testid={testId}>
      <Icon of={IconPlus} />
      {add}
    </button>
  );
  return (
    <div className="settings-l">
      {query.isPending ? (
        <Skeleton rows={4} />
      ) : query.isLoadingError ? (
        <LoadError error={query.error} title={t('settings.error')} retry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <Empty {...empty}>{button}</Empty>
      ) : (
        <>
          <Section title={title}>
            <span className="sp">{button}</span>
          </Section>
          <ul className="ruled lined">
            {query.data.map((one) => (
              <li key={one.id} className="srow">
                <b className="b">{row(one).name}</b>
                <span className="muted">{row(one).under}</span>
                {!one.active && <span className="st mute">{t('settings.inactive')}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Dialog opened={adding} onClose={close} title={add}>
        {form(close)}
      </Dialog>
    </div>
  );
}
