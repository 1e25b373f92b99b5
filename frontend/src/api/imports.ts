import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { AppointmentImport, AppointmentImportPlan, ImportRow, PatientImport, PatientImportPlan } from './types';

/** What a file is full of. */
export type ImportKind = 'patients' | 'appointments';

/** What both kinds of imports have; what one of them has not is left out. */
export type AnyImport = Omit<PatientImport, 'columns' | 'updated' | 'updateExisting'> & {
  columns: { name: string; field: string; customField?: string | null }[];
  updated?: number;
  updateExisting?: boolean;
  pastStatus?: AppointmentImport['pastStatus'];
  notices?: AppointmentImport['notices'];
};

export interface AnyRow {
  number: number;
  outcome: ImportRow['outcome'];
  problems: ImportRow['problems'];
  patientId?: string | null;
  appointmentId?: string | null;
}

export type Plan = { kind: 'patients'; body: PatientImportPlan } | { kind: 'appointments'; body: AppointmentImportPlan };
type Seen = { id: string; version: number };

const UNDER_WAY: readonly PatientImport['state'][] = ['checking', 'importing', 'undoing'];
const PATIENTS = `${T}/patient-imports` as const;
const VISITS = `${T}/appointment-imports` as const;

const one = (organizationId: string, seen: Seen) => ({ path: { organizationId, id: seen.id }, header: ifMatch(seen.version) });

/** An import; asked again every second while a step of it is under way. */
export const importQuery = (organizationId: string, kind: ImportKind, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'imports', 'one', kind, id),
    queryFn: ({ signal }): Promise<AnyImport> => {
      const params = { path: { organizationId, id } };
      return kind === 'patients'
        ? settle(api.GET(`${PATIENTS}/{id}`, { params, signal }))
        : settle(api.GET(`${VISITS}/{id}`, { params, signal }));
    },
    refetchInterval: (query) => (query.state.data && UNDER_WAY.includes(query.state.data.state) ? 1000 : false),
    staleTime: FRESH,
  });

export const importsQuery = (organizationId: string, kind: ImportKind) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'imports', 'newest', kind),
    queryFn: async ({ signal }): Promise<AnyImport[]> => {
      const params = { path: { organizationId } };
      return kind === 'patients'
        ? (await settle(api.GET(PATIENTS, { params, signal }))).items
        : (await settle(api.GET(VISITS, { params, signal }))).items;
    },
    staleTime: 0,
  });

/** The beginning of the file; forgotten with the page, because it names people. */
export const importPreviewQuery = (organizationId: string, kind: ImportKind, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'imports', 'preview', kind, id),
    queryFn: async ({ signal }) => {
      const params = { path: { organizationId, id } };
      return kind === 'patients'
        ? (await settle(api.GET(`${PATIENTS}/{id}/preview`, { params, signal }))).items
        : (await settle(api.GET(`${VISITS}/{id}/preview`, { params, signal }))).items;
    },
    staleTime: FRESH,
    gcTime: 0,
  });

export function importRowsPage(
  organizationId: string,
  kind: ImportKind,
  id: string,
  outcome: ImportRow['outcome'],
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<{ items: AnyRow[]; nextCursor: string | null }> {
  const params = { path: { organizationId, id }, query: { outcome, limit: 50, cursor } };
  return kind === 'patients'
    ? settle(api.GET(`${PATIENTS}/{id}/rows`, { params, signal }))
    : settle(api.GET(`${VISITS}/{id}/rows`, { params, signal }));
}

/** The bytes of a file. */
export function uploadImport(organizationId: string, kind: ImportKind, file: Blob, key: string): Promise<AnyImport> {
  const sent = {
    params: { path: { organizationId }, header: idempotent(key) },
    // The generator calls bytes a string.
    body: file as unknown as string,
    bodySerializer: (bytes: string) => bytes,
    headers: { 'Content-Type': 'application/octet-stream' },
  };
  return kind === 'patients' ? settle(api.POST(PATIENTS, sent)) : settle(api.POST(VISITS, sent));
}

export const checkImport = (organizationId: string, seen: Seen, plan: Plan): Promise<AnyImport> =>
  plan.kind === 'patients'
    ? settle(api.PUT(`${PATIENTS}/{id}`, { params: one(organizationId, seen), body: plan.body }))
    : settle(api.PUT(`${VISITS}/{id}`, { params: one(organizationId, seen), body: plan.body }));

export const commitImport = (organizationId: string, kind: ImportKind, seen: Seen): Promise<AnyImport> =>
  kind === 'patients'
    ? settle(api.POST(`${PATIENTS}/{id}/commit`, { params: one(organizationId, seen) }))
    : settle(api.POST(`${VISITS}/{id}/commit`, { params: one(organizationId, seen) }));

export const undoImport = (organizationId: string, kind: ImportKind, seen: Seen): Promise<AnyImport> =>
  kind === 'patients'
    ? settle(api.POST(`${PATIENTS}/{id}/undo`, { params: one(organizationId, seen) }))
    : settle(api.POST(`${VISITS}/{id}/undo`, { params: one(organizationId, seen) }));
