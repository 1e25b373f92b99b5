import { createContext, useContext } from 'react';
import type { ConsoleSession } from '../auth/session';

export const SessionContext = createContext<ConsoleSession | null>(null);
export function useConsoleSession(): ConsoleSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('The console needs a session around it.');
  return session;
}
