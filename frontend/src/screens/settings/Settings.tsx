import { Link, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useEffect, useRef } from 'react';
import { may } from '../../api/may';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { PageHead } from '../../ui/Page';
import tabBar from '../../ui/tabBar.module.css';
import { ApiClients } from './ApiClients';
import { ApiReference } from './ApiReference';
import { ApiRequests } from './ApiRequests';
import { Assistant } from './Assistant';
import { Chatwoot } from './Chatwoot';
import { ClinicForm } from './ClinicForm';
import { CustomFields } from './CustomFields';
import { Hours } from './hours/Hours';
import { InboxSettings } from './InboxSettings';
import { Insurances } from './Insurances';
import { Locations } from './Locations';
import { Members } from './Members';
import { OnlineBooking } from './OnlineBooking';
import { Practitioners } from './Practitioners';
import { Rooms } from './Rooms';
import { Services } from './Services';
import { Webhooks } from './Webhooks';

const tabs = [
  'clinic',
  'locations',
  'rooms',
  'practitioners',
  'services',
  'insurances',
  'custom',
  'opening',
  'booking',
  'members',
  'inbox',
  'webhooks',
  'chatwoot',
  'clients',
  'requests',
  'reference',
  'assistant',
] as const;

const panels = {
  clinic: ClinicForm,
  locations: Locations,
  rooms: Rooms,
  practitioners: Practitioners,
  services: Services,
  insurances: Insurances,
  custom: CustomFields,
  opening: Hours,
  booking: OnlineBooking,
  members: Members,
  inbox: InboxSettings,
  webhooks: Webhooks,
  chatwoot: Chatwoot,
  clients: ApiClients,
  requests: ApiRequests,
  reference: ApiReference,
  assistant: Assistant,
};

/** How the clinic works; owners only. */
export function Settings() {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/settings' });
  const tab = search.tab ?? 'clinic';
  const bar = useRef<HTMLElement>(null);
  // On a phone the bar is wider than the screen: where somebody stands is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the reason to look again
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [tab]);
  if (!may(clinic, 'see-settings')) return <NoPermission />;
  const Panel = panels[tab];
  return (
    <>
      <PageHead title={t('nav.settings')} under={clinic.name} />
      <nav ref={bar} className={clsx(tabBar.tabs, tabBar.ofPage)} aria-label={t('nav.settings')}>
        {tabs.map((each) => (
          <Link
            key={each}
            {...to.settings(clinic.alias, { tab: each === 'clinic' ? undefined : each })}
            // The first tab has no search of its own, which is part of every other tab's search.
            activeOptions={{ exact: true }}
          >
            {t(`settings.${each}`)}
          </Link>
        ))}
      </nav>
      <Panel />
    </>
  );
}
