import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { whenNoticed } from '../ui/notices';
import { later } from './later';
import { queryClient } from './queryClient';
import { resolver, theme } from './theme';

const NoticePlace = later(
  async () => (await import('./NoticePlace')).NoticePlace,
  (props) => props.shown,
);

/** Where notices appear. A notice that comes before this place waits in its store. */
function Notices() {
  const [shown, setShown] = useState(false);
  useEffect(() => whenNoticed(() => setShown(true)), []);
  return <NoticePlace shown={shown} />;
}

export const Providers = ({ children }: { children: ReactNode }) => (
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    <QueryClientProvider client={queryClient}>
      {children}
      <Notices />
    </QueryClientProvider>
  </MantineProvider>
);
