import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { platformQuery } from '../../api/queries';
import type { LineState, PlatformOrganization } from '../../api/types';
import { useWords } from '../../app/clinic';
import { cityOf, dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, PageHead, Section, Skeleton } from '../../ui/Page';
import { lineSigns, Status } from '../../ui/Status';
import { OrganizationForm } from './OrganizationForm';

const order: readonly LineState[] = ['halted', 'needs-pairing', 'pairing', 'stopped', 'reconnecting', 'starting', 'linked'];

/** Every clinic and every line, without a patient in sight. */
export function Platform() {
  const { t, language } = useWords();
  const organizations = useQuery(platformQuery);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHead title={t('platform.title')} under={t('platform.under')}>
        <button type="button" className="btn pri mi" onClick={() => setAdding(true)} data-testid="new-organization">
          <Icon of={IconPlus} />
          <span>{t('platform.new')}</span>
        </button>
      </PageHead>
      {organizations.isPending ? (
        <Skeleton rows={8} />
      ) : organizations.isError ? (
        <LoadError error={organizations.error} title={t('platform.error')} retry={() => void organizations.refetch()} />
      ) : organizations.data.length === 0 ? (
        <Empty title={t('platform.empty')} text={t('platform.emptyText')} />
      ) : (
        <div className="plat">
          <section>
            <Section title={t('platform.clinics')}>
              <span className="small muted sp">{t('platform.count', { count: organizations.data.length })}</span>
            </Section>
            <ul className="ruled lined">
              {organizations.data.map((one) => (
                <li key={one.id} className="orow" data-testid={`organization-${one.alias}`}>
                  <div className="grow0">
                    <b className="b">{one.name}</b>
                    <span className="small muted blk el">
                      {one.alias} · {cityOf(one.timeZone)}, {one.country}
                    </span>
                  </div>
                  <span className="small muted nw o-date">{dayMonthYear(dateOf(one.createdAt, one.timeZone), language)}</span>
                  <span>
                    {one.state === 'provisioning' ? (
                      <span className="st wait">{t('platform.provisioning')}</span>
                    ) : (
                      one.line !== undefined && (
                        <Status sign={lineSigns[one.line?.state ?? 'needs-pairing']} bare={one.line?.state === 'linked'} />
                      )
                    )}
                  </span>
                </li>
              ))}
            </ul>
          </section>
          {organizations.data.some((one) => one.line !== undefined) && (
            <aside>
              <Section title={t('platform.lines')} />
              <Lines organizations={organizations.data.filter((one) => one.line !== undefined)} />
            </aside>
          )}
        </div>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('platform.new')}>
        <OrganizationForm onClose={() => setAdding(false)} />
      </Dialog>
    </>
  );
}

function Lines({ organizations }: { organizations: PlatformOrganization[] }) {
  const by = Map.groupBy(organizations, (one) => one.line?.state ?? 'needs-pairing');
  return (
    <dl className="lines">
      {order
        .filter((state) => by.has(state))
        .map((state) => (
          <div key={state}>
            <dt>
              <Status sign={lineSigns[state]} bare={state === 'linked'} />
            </dt>
            <dd className="fig">{by.get(state)?.length}</dd>
          </div>
        ))}
    </dl>
  );
}
