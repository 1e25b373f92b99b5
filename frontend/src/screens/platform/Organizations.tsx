import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { platformLinesQuery, platformQuery } from '../../api/queries';
import type { PlatformLine, PlatformOrganization } from '../../api/types';
import { useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { cityOf, dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import { Empty, LoadError, Section, Skeleton } from '../../ui/Page';
import { lineSigns, Status } from '../../ui/Status';
import { LineCounts } from './LineCounts';
import { OrganizationForm } from './OrganizationForm';
import { PlatformHead } from './PlatformHead';

/** Every clinic, without a patient in sight. */
export function Organizations() {
  const { t } = useWords();
  const organizations = useQuery(platformQuery);
  const lines = useQuery(platformLinesQuery);
  const [adding, setAdding] = useState(false);
  const byClinic = Map.groupBy(lines.data ?? [], (line) => line.organizationId);
  return (
    <>
      <PlatformHead title={t('platform.title')} under={t('platform.under')}>
        <button type="button" className="btn pri mi" onClick={() => setAdding(true)} data-testid="new-organization">
          <Icon of={IconPlus} />
          <span>{t('platform.new')}</span>
        </button>
      </PlatformHead>
      {organizations.isPending ? (
        <Skeleton rows={8} />
      ) : organizations.isLoadingError ? (
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
                <Clinic key={one.id} clinic={one} lines={lines.data ? (byClinic.get(one.id) ?? []) : null} />
              ))}
            </ul>
          </section>
          {lines.data && lines.data.length > 0 && (
            <aside>
              <Section title={t('platform.lines')} />
              <LineCounts counts={countsOf(lines.data)} />
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

/** `lines` is null while nothing is known of them. */
function Clinic({ clinic, lines }: { clinic: PlatformOrganization; lines: PlatformLine[] | null }) {
  const { t, language } = useWords();
  const line = lines?.find((one) => one.defaultLine) ?? lines?.[0];
  return (
    <li className="orow" data-testid={`organization-${clinic.alias}`}>
      <div className="grow0">
        <b className="b">{clinic.name}</b>
        <span className="small muted blk el">
          {clinic.alias} · {cityOf(clinic.timeZone)}, {clinic.country}
        </span>
      </div>
      <span className="small muted nw o-date">{dayMonthYear(dateOf(clinic.createdAt, clinic.timeZone), language)}</span>
      <span>
        {clinic.state === 'provisioning' ? (
          <span className="st wait">{t('platform.provisioning')}</span>
        ) : line ? (
          <>
            <Link {...to.platformLines({ state: line.state })} className="lines-a">
              <Status sign={lineSigns[line.state]} bare={line.state === 'linked'} />
            </Link>
            {lines && lines.length > 1 && <span className="xs muted blk">{t('platform.linesOf', { count: lines.length })}</span>}
          </>
        ) : (
          lines && <span className="small muted">{t('platform.noLine')}</span>
        )}
      </span>
    </li>
  );
}

const countsOf = (lines: PlatformLine[]) =>
  [...Map.groupBy(lines, (line) => line.state)].map(([state, those]) => ({ state, count: those.length }));
