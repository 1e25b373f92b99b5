import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '../api/queries';
import type { Membership } from '../api/types';
import { moment } from '../time/format';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { Empty, PageHead } from '../ui/Page';
import { useWords } from './clinic';

/** In front of everything of a clinic in which nobody may work now: why, since when, and what becomes of its data. */
export function SuspendedClinic({ clinic, suspension }: { clinic: Membership; suspension: NonNullable<Membership['suspension']> }) {
  const { t, language } = useWords();
  const me = useQuery(meQuery);
  return (
    <>
      <PageHead
        title={t('suspension.title')}
        under={t('suspension.since', { name: clinic.name, when: moment(suspension.since, clinic.timeZone, language) })}
      />
      <div data-testid="suspended">
        <Empty art="torn" title={t(`suspension.told.${suspension.reason}`)} text={t('suspension.kept')}>
          <Button disabled={me.isFetching} onClick={() => void me.refetch()}>
            <Icon of={IconRefresh} />
            {t('suspension.again')}
          </Button>
        </Empty>
      </div>
    </>
  );
}
