import { Outlet } from '@tanstack/react-router';
import { usePerson } from './clinic';
import { NoPermission } from './Problems';
import { Shell } from './Shell';

/** The area of those who run the platform; it never shows a patient. */
export function PlatformLayout() {
  const me = usePerson();
  return (
    <Shell clinic={null} openPalette={() => {}} openShortcuts={() => {}}>
      {me.platformAdmin ? <Outlet /> : <NoPermission />}
    </Shell>
  );
}
