import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queryClient } from './queryClient';
import { resolver, theme } from './theme';

export const Providers = ({ children }: { children: ReactNode }) => (
  <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
    <QueryClientProvider client={queryClient}>
      {children}
      <Notifications position="bottom-center" limit={3} />
    </QueryClientProvider>
  </MantineProvider>
);
