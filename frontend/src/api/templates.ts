import { queryOptions } from '@tanstack/react-query';
import { FRESH, T } from './asking';
import { api, idempotent, ifMatch, settle } from './client';
import { keys } from './keys';
import type { CustomTemplate, Language, TemplateText, TextPreview } from './types';

/** Every text in every language, with its draft. */
export const templateTextsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'templates', 'texts'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/template-texts`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const customTemplatesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'templates', 'own'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/custom-templates`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** A text as it was, is and may become. */
export const templateVersionsQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'templates', 'versions', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/template-texts/{id}/versions`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

export interface NewCustomTemplate {
  name: string;
  purpose: CustomTemplate['purpose'];
}
export const createCustomTemplate = (organizationId: string, body: NewCustomTemplate, key: string): Promise<CustomTemplate> =>
  settle(api.POST(`${T}/custom-templates`, { params: { path: { organizationId }, header: idempotent(key) }, body }));
export const changeCustomTemplate = (
  organizationId: string,
  seen: CustomTemplate,
  body: { name: string; archived: boolean },
): Promise<CustomTemplate> =>
  settle(api.PUT(`${T}/custom-templates/{id}`, { params: { path: { organizationId, id: seen.id }, header: ifMatch(seen.version) }, body }));

const one = (organizationId: string, seen: TemplateText) => ({
  path: { organizationId, id: seen.id },
  header: ifMatch(seen.version),
});
export const draftText = (organizationId: string, seen: TemplateText, body: string): Promise<TemplateText> =>
  settle(api.PUT(`${T}/template-texts/{id}/draft`, { params: one(organizationId, seen), body: { body } }));
export const discardDraft = (organizationId: string, seen: TemplateText): Promise<TemplateText> =>
  settle(api.DELETE(`${T}/template-texts/{id}/draft`, { params: one(organizationId, seen) }));
export const publishText = (organizationId: string, seen: TemplateText): Promise<TemplateText> =>
  settle(api.POST(`${T}/template-texts/{id}/publish`, { params: one(organizationId, seen) }));

/** With somebody made up, or as the patient of a visit would read it. */
export const previewText = (
  organizationId: string,
  { language, body, appointmentId }: { language: Language; body: string; appointmentId: string | null },
  signal: AbortSignal,
): Promise<TextPreview> =>
  appointmentId
    ? settle(
        api.POST(`${T}/appointments/{id}/message-preview`, {
          params: { path: { organizationId, id: appointmentId } },
          body: { language, body },
          signal,
        }),
      )
    : settle(
        api.POST(`${T}/message-templates/preview`, {
          params: { path: { organizationId } },
          body: { kind: 'reminder', language, body },
          signal,
        }),
      );
