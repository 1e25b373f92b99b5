import { useInfiniteQuery } from '@tanstack/react-query';
import { privacyRequestsQuery } from '../../../api/privacyRequests';
import { useClinic } from '../../../app/clinic';

/** How many requests are overdue: due first, they stand on the first page of those that are open. */
export function useOverdue(): number {
  const clinic = useClinic();
  const requests = useInfiniteQuery(privacyRequestsQuery(clinic.id, false));
  return (requests.data?.pages[0]?.items ?? []).filter((request) => request.overdue).length;
}
