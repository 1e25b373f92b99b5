import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';
import type { PatientPhoneKnown } from './types';

/** The numbers of a patient and whether each has WhatsApp, the one that is written to first. */
export const patientPhonesQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'patients', 'phones', id),
    queryFn: async ({ signal }): Promise<PatientPhoneKnown[]> =>
      (await settle(api.GET(`${T}/patients/{id}/phones`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });
