import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, settle } from './client';
import { keys } from './keys';
import type { TemplateSubmission, TemplateSubmissionInput } from './types';

/** Texts at providers, the newest first. */
export const submissionsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'templates', 'submissions'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/template-submissions`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const submitTemplate = (organizationId: string, body: TemplateSubmissionInput, key: string): Promise<TemplateSubmission> =>
  settle(api.POST(`${T}/template-submissions`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
