import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { keys } from '../api/keys';
import { may } from '../api/may';
import type { Membership } from '../api/types';
import { BookingDialog } from '../screens/agenda/BookingDialog';
import { VisitPanel } from '../screens/agenda/VisitPanel';
import { ConnectionBanner } from './Banners';
import { ClinicProvider, usePerson } from './clinic';
import { type BookingStart, Desk } from './desk';
import { LiveProvider } from './LiveProvider';
import { rememberClinic } from './lastClinic';
import { placesIn } from './navigation';
import { Palette } from './Palette';
import { NotFound } from './Problems';
import { Shell } from './Shell';
import { Shortcuts } from './Shortcuts';
import { useShortcuts } from './shortcuts';
import { VisitChangesProvider } from './visitChanges';

/** Everything inside one clinic: its words, its live hints, its desk. */
export function ClinicLayout() {
  const { clinic: alias } = useParams({ from: '/c/$clinic' });
  const clinic = usePerson().organizations.find((one) => one.alias === alias);
  if (!clinic) {
    return (
      <Shell clinic={null} openPalette={() => {}} openShortcuts={() => {}}>
        <NotFound />
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
          <AtTheDesk clinic={clinic} />
        </VisitChangesProvider>
      </LiveProvider>
    </ClinicProvider>
  );
}

function AtTheDesk({ clinic }: { clinic: Membership }) {
  const navigate = useNavigate();
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [booking, setBooking] = useState<BookingStart | null>(null);
  const [visit, setVisit] = useState<string | null>(null);
  const mayBook = may(clinic, 'book');
  const desk = useMemo(
    () => ({
      book: mayBook ? (start: BookingStart = {}) => setBooking(start) : null,
      show: (id: string) => setVisit(id),
    }),
    [mayBook],
  );
  useShortcuts({
    'ctrl+k': () => setPalette(true),
    '?': () => setShortcuts(true),
    n: () => desk.book?.(),
    ...Object.fromEntries(
      placesIn(clinic).map((place) => [`g ${place.key}`, () => void navigate(place.link as Parameters<typeof navigate>[0])]),
    ),
  });
  return (
    <Desk.Provider value={desk}>
      <Shell clinic={clinic} openPalette={() => setPalette(true)} openShortcuts={() => setShortcuts(true)}>
        <ConnectionBanner />
        <Outlet />
      </Shell>
      <Palette clinic={clinic} opened={palette} onClose={() => setPalette(false)} book={() => desk.book?.()} />
      <Shortcuts clinic={clinic} opened={shortcuts} onClose={() => setShortcuts(false)} />
      <BookingDialog start={booking} onClose={() => setBooking(null)} />
      <VisitPanel id={visit} onClose={() => setVisit(null)} />
    </Desk.Provider>
  );
}
