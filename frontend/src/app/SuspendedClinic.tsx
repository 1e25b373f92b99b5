import { IconArrowBackUp, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { withdrawDeletion } from '../api/deletion';
import { Intention } from '../api/intention';
import { keys } from '../api/keys';
import { meQuery } from '../api/queries';
import type { Membership } from '../api/types';
import { moment } from '../time/format';
import { Button } from '../ui/Button';
import { FormError } from '../ui/FormError';
import { Icon } from '../ui/Icon';
import { done } from '../ui/notices';
import { Empty, PageHead } from '../ui/Page';
import { useWords } from './clinic';

/** In front of everything of a clinic in which nobody may work now: why, since when, and what becomes of its data. */
export function SuspendedClinic({ clinic, suspension }: { clinic: Membership; suspension: NonNullable<Membership['suspension']> }) {
  const { t, language } = useWords();
  const me = useQuery(meQuery);
  const due = suspension.deletionDueAt;
  return (
    <>
      <PageHead
        title={t(due ? 'deletion.standing' : 'suspension.title')}
        under={t('suspension.since', { name: clinic.name, when: moment(suspension.since, clinic.timeZone, language) })}
      />
      <div data-testid="suspended">
        <Empty
          art="torn"
          title={due ? t('deletion.on', { when: moment(due, clinic.timeZone, language) }) : t(`suspension.told.${suspension.reason}`)}
          text={t(due ? 'deletion.kept' : 'suspension.kept')}
        >
          {due && clinic.roles.includes('owner') && <Keep clinic={clinic} />}
          <Button disabled={me.isFetching} onClick={() => void me.refetch()}>
            <Icon of={IconRefresh} />
            {t('suspension.again')}
          </Button>
        </Empty>
      </div>
    </>
  );
}

/** An owner changed their mind. */
function Keep({ clinic }: { clinic: Membership }) {
  const { t } = useWords();
  const client = useQueryClient();
  const intention = useRef(new Intention());
  const keeping = useMutation({
    mutationFn: () => intention.current.carryOut(clinic.id, (key) => withdrawDeletion(clinic.id, key)),
    onSuccess: () => {
      done(t('deletion.withdrawn', { name: clinic.name }), t('action.close'));
      void client.invalidateQueries({ queryKey: keys.me });
      void client.invalidateQueries({ queryKey: keys.clinic(clinic.id) });
    },
  });
  return (
    <>
      <Button kind="primary" disabled={keeping.isPending} onClick={() => keeping.mutate()} data-testid="deletion-withdraw">
        <Icon of={IconArrowBackUp} />
        {t('deletion.withdraw')}
      </Button>
      {keeping.error ? <FormError error={keeping.error} /> : null}
    </>
  );
}
