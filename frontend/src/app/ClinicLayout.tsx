import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { isSupport, may } from '../api/may';
import type { Membership } from '../api/types';
import { AvailabilityBeat } from './availability';
import { ConnectionBanner } from './Banners';
import { ClinicProvider, usePerson } from './clinic';
import { type BookingStart, ClinicActionsContext, type WaitStart } from './clinicActions';
import { HandOverAlarm } from './HandOverAlarm';
import { keepFocus } from './keepFocus';
import { LiveProvider } from './LiveProvider';
import { homeClinic, rememberClinic } from './lastClinic';
import { later } from './later';
import { MaintenanceBanner } from './MaintenanceBanner';
import { placesIn } from './navigation';
import { NotFound } from './Problems';
import { Shell } from './Shell';
import { SupportBanner } from './SupportBanner';
import { SuspendedClinic } from './SuspendedClinic';
import { useShortcuts } from './shortcuts';
import { VisitChangesProvider } from './visitChanges';

const BookingDialog = later(
  async () => (await import('../screens/agenda/BookingDialog')).BookingDialog,
  (props) => props.start !== null,
);
const WaitlistDialog = later(
  async () => (await import('../screens/waitlist/WaitlistDialog')).WaitlistDialog,
  (props) => props.start !== null,
);
const VisitPanel = later(
  async () => (await import('../screens/agenda/VisitPanel')).VisitPanel,
  (props) => props.id !== null,
);
const Palette = later(
  async () => (await import('./Palette')).Palette,
  (props) => props.opened,
);
const Shortcuts = later(
  async () => (await import('./Shortcuts')).Shortcuts,
  (props) => props.opened,
);

/** Everything inside one clinic: its words, its live hints, what can be done in it. */
export function ClinicLayout() {
  const { clinic: alias } = useParams({ from: '/c/$clinic' });
  const person = usePerson();
  const clinic = person.organizations.find((one) => one.alias === alias);
  if (!clinic) {
    return (
      <Shell clinic={homeClinic(person)} openPalette={() => {}} openShortcuts={() => {}}>
        <NotFound />
      </Shell>
    );
  }
  if (clinic.suspension) {
    return (
      <Shell clinic={clinic} openPalette={() => {}} openShortcuts={() => {}}>
        <SuspendedClinic clinic={clinic} suspension={clinic.suspension} />
      </Shell>
    );
  }
  return <InClinic key={clinic.id} clinic={clinic} />;
}

function InClinic({ clinic }: { clinic: Membership }) {
  const client = useQueryClient();
  useEffect(() => {
    rememberClinic(clinic.alias);
    return () => client.removeQueries({ queryKey: keys.clinic(clinic.id) });
  }, [client, clinic]);
  return (
    <ClinicProvider clinic={clinic}>
      <LiveProvider clinic={clinic}>
        <VisitChangesProvider>
          {!isSupport(clinic) && <HandOverAlarm />}
          {may(clinic, 'write-messages') && <AvailabilityBeat clinicId={clinic.id} />}
          <InsideClinic clinic={clinic} />
        </VisitChangesProvider>
      </LiveProvider>
    </ClinicProvider>
  );
}

function InsideClinic({ clinic }: { clinic: Membership }) {
  const navigate = useNavigate();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [booking, setBooking] = useState<BookingStart | null>(null);
  const [waiting, setWaiting] = useState<WaitStart | null>(null);
  const router = useRouter();
  const { visit } = useSearch({ from: '/c/$clinic' });
  const mayBook = may(clinic, 'book');
  const actions = useMemo(
    () => ({
      book: mayBook ? (start: BookingStart = {}) => setBooking(start) : null,
      wait: mayBook ? (start: WaitStart = {}) => setWaiting(start) : null,
      show: (id: string) =>
        void navigate({
          to: '.',
          search: (before: object) => ({ ...before, visit: id }) as never,
          state: (before) => ({ ...before, opened: true }),
          resetScroll: false,
        }),
    }),
    [mayBook, navigate],
  );
  // A panel that was opened here is closed by going back, so that back never opens it again; a link to one has no page behind it.
  const closeVisit = () => {
    if (router.state.location.state.opened) router.history.back();
    else
      void navigate({ to: '.', search: (before: object) => ({ ...before, visit: undefined }) as never, replace: true, resetScroll: false });
  };
  useEffect(() => keepFocus(document), []);
  useShortcuts({
    'ctrl+k': () => setPalette(true),
    '?': () => setShortcuts(true),
    n: () => actions.book?.(),
    ...Object.fromEntries(
      placesIn(clinic).map((place) => [`g ${place.key}`, () => void navigate(place.link as Parameters<typeof navigate>[0])]),
    ),
  });
  return (
    <ClinicActionsContext.Provider value={actions}>
      <Shell clinic={clinic} openPalette={() => setPalette(true)} openShortcuts={() => setShortcuts(true)}>
        <ConnectionBanner />
        {clinic.supportUntil && <SupportBanner until={clinic.supportUntil} />}
        <MaintenanceBanner />
        <Outlet />
      </Shell>
      <Palette clinic={clinic} opened={palette} onClose={() => setPalette(false)} book={() => actions.book?.()} />
      <Shortcuts clinic={clinic} opened={shortcuts} onClose={() => setShortcuts(false)} />
      <BookingDialog start={booking} onClose={() => setBooking(null)} />
      <WaitlistDialog start={waiting} onClose={() => setWaiting(null)} />
      <VisitPanel id={visit ?? null} onClose={closeVisit} />
    </ClinicActionsContext.Provider>
  );
}
