import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { Appointment, CustomField, CustomFieldChange, CustomFieldInput, CustomValue } from './types';

type Seen = Pick<CustomField, 'id' | 'version'>;
const one = (organizationId: string, seen: Seen) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });

/** Fields that the clinic defined, in the order of its forms, those of patients first; retired ones too. */
export const customFieldsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'organization', 'custom-fields'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/custom-fields`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const createCustomField = (organizationId: string, body: CustomFieldInput, key: string): Promise<CustomField> =>
  settle(api.POST(`${T}/custom-fields`, { params: { path: { organizationId }, header: idempotent(key) }, body }));

export const changeCustomField = (organizationId: string, seen: Seen, body: CustomFieldChange): Promise<CustomField> =>
  settle(api.PUT(`${T}/custom-fields/{id}`, { params: one(organizationId, seen), body }));

/** Puts it at a place among those about the same, from 0. */
export const moveCustomField = (organizationId: string, seen: Seen, position: number): Promise<CustomField> =>
  settle(api.POST(`${T}/custom-fields/{id}/move`, { params: one(organizationId, seen), body: { position } }));

/** Writes into the clinic's own fields of a visit. */
export const writeVisitFields = (organizationId: string, seen: Seen, customFields: CustomValue[]): Promise<Appointment> =>
  settle(api.PUT(`${T}/appointments/{id}/custom-fields`, { params: one(organizationId, seen), body: { customFields } }));
