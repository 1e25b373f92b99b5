import { lazy, Suspense } from 'react';
import { Skeleton } from '../ui/Page';
import { usePerson } from './clinic';
import { NoPermission } from './Problems';
import { Shell } from './Shell';

const Platform = lazy(() => import('../screens/platform/Platform').then((module) => ({ default: module.Platform })));

/** The area of those who run the platform; it never shows a patient. */
export function PlatformLayout() {
  const me = usePerson();
  return (
    <Shell clinic={null} openPalette={() => {}} openShortcuts={() => {}}>
      {me.platformAdmin ? (
        <Suspense fallback={<Skeleton />}>
          <Platform />
        </Suspense>
      ) : (
        <NoPermission />
      )}
    </Shell>
  );
}
