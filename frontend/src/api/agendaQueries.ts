import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { addDays } from '../time/clinicTime';
import { everyPage, FRESH, PAGE, T } from './asking';
import { api, settle } from './client';
import { keys } from './keys';
import type { Appointment, NewSeries, WaitlistEntry } from './types';

export const practitionersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'practitioners'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/practitioners`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

export const servicesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'services'),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/healthcare-services`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** Who pays for visits. */
export const insurancesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'insurances'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/insurances`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** Where the clinic sees patients: the main location first. */
export const locationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'locations'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/locations`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** Rooms and equipment, by name. */
export const roomsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'rooms'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/rooms`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** What visits that repeat would come to; asks nothing while null. */
export const seriesPreviewQuery = (organizationId: string, body: NewSeries | null) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointment-series', 'preview', body),
    queryFn: ({ signal }) =>
      settle(api.POST(`${T}/appointment-series/preview`, { params: { path: { organizationId } }, body: body as NewSeries, signal })),
    enabled: body !== null,
    retry: false,
  });

/** Visits that repeat; asks nothing for a visit alone. */
export const seriesQuery = (organizationId: string, id: string | null) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointment-series', id),
    queryFn: ({ signal }) =>
      settle(api.GET(`${T}/appointment-series/{id}`, { params: { path: { organizationId, id: id ?? '' } }, signal })),
    enabled: id !== null,
  });

/** Visits under which the official time was changed. */
export const clockChangesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'clock-changes'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/clock-changes`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** The usual weeks of the clinic and its practitioners. */
export const schedulesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'schedules', 'weeks'),
    queryFn: async ({ signal }) => (await settle(api.GET(`${T}/schedules`, { params: { path: { organizationId } }, signal }))).items,
    staleTime: FRESH,
  });

/** Days that differ from the usual week, from a date on for a year. */
export const scheduleExceptionsQuery = (organizationId: string, from: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'schedules', 'exceptions', from),
    queryFn: async ({ signal }) =>
      (
        await settle(
          api.GET(`${T}/schedule-exceptions`, { params: { path: { organizationId }, query: { from, to: addDays(from, 366) } }, signal }),
        )
      ).items,
    staleTime: FRESH,
  });

/** Public holidays of the clinic on some days, and whether it works on them. */
export const holidaysQuery = (organizationId: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'schedules', 'holidays', from, to),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/holidays`, { params: { path: { organizationId }, query: { from, to } }, signal }))).items,
    staleTime: FRESH,
  });

/** Whose holidays the clinic has. */
export const holidayCalendarQuery = (organizationId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'schedules', 'holiday-calendar'),
    queryFn: ({ signal }) => settle(api.GET(`${T}/holiday-calendar`, { params: { path: { organizationId } }, signal })),
    staleTime: FRESH,
  });

/** When practitioners see patients on some days, exceptions and clock changes included. */
export const openingHoursQuery = (organizationId: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'schedules', 'open', from, to),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/opening-hours`, { params: { path: { organizationId }, query: { from, to } }, signal }))).items,
    staleTime: FRESH,
  });

/** How many visits days have: what a month shows. */
export const appointmentCountsQuery = (organizationId: string, query: { from: string; to: string; practitionerId?: string }) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointments', 'counts', query),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/appointment-counts`, { params: { path: { organizationId }, query }, signal }))).items,
    staleTime: FRESH,
  });

export interface ReportSearch {
  from: string;
  to: string;
  practitionerId?: string;
  healthcareServiceId?: string;
}
/** Counted at each asking, so that it is not asked again at every visit that changes. */
export const attendanceReportQuery = (organizationId: string, query: ReportSearch) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'reports', 'attendance', query),
    queryFn: ({ signal }) => settle(api.GET(`${T}/reports/attendance`, { params: { path: { organizationId }, query }, signal })),
    staleTime: FRESH,
  });

export const occupancyReportQuery = (organizationId: string, query: Omit<ReportSearch, 'healthcareServiceId'>) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'reports', 'occupancy', query),
    queryFn: ({ signal }) => settle(api.GET(`${T}/reports/occupancy`, { params: { path: { organizationId }, query }, signal })),
    staleTime: FRESH,
  });

export const surveyReportQuery = (organizationId: string, query: Pick<ReportSearch, 'from' | 'to'>) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'reports', 'surveys', query),
    queryFn: ({ signal }) => settle(api.GET(`${T}/reports/surveys`, { params: { path: { organizationId }, query }, signal })),
    staleTime: FRESH,
  });

/** Times that are kept while somebody fills a form, on dates from `from` up to, not including, `to`. */
export const slotHoldsQuery = (organizationId: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'slot-holds', from, to),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/slot-holds`, { params: { path: { organizationId }, query: { from, to } }, signal }))).items,
    staleTime: FRESH,
  });

export interface SlotSearch {
  healthcareServiceId: string;
  practitionerId?: string;
  locationId?: string;
  roomId?: string;
  from: string;
  to: string;
  durationMinutes?: number;
  movingAppointmentId?: string;
  limit?: number;
}
/** What is free changes with every visit anybody books: asked anew whenever it is looked at. */
export const slotsQuery = (organizationId: string, search: SlotSearch) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'slots', search),
    queryFn: ({ signal }) => settle(api.GET(`${T}/slots`, { params: { path: { organizationId }, query: { ...search } }, signal })),
    staleTime: 0,
  });

/** Visits whose start falls on dates from `from` up to, not including, `to`, in the clinic's zone. */
export const appointmentsQuery = (organizationId: string, from: string, to: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointments', 'between', from, to),
    queryFn: ({ signal }): Promise<Appointment[]> =>
      everyPage((cursor) =>
        settle(api.GET(`${T}/appointments`, { params: { path: { organizationId }, query: { from, to, limit: PAGE, cursor } }, signal })),
      ),
    staleTime: FRESH,
  });

export const appointmentQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'appointments', 'one', id),
    queryFn: ({ signal }) => settle(api.GET(`${T}/appointments/{id}`, { params: { path: { organizationId, id } }, signal })),
    staleTime: FRESH,
  });

export const timelineQuery = (organizationId: string, id: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'timeline', id),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/appointments/{id}/timeline`, { params: { path: { organizationId, id } }, signal }))).items,
    staleTime: FRESH,
  });

/** The waitlist, page by page; without a state, those who wait. */
export const waitlistPages = (organizationId: string, state?: WaitlistEntry['state']) =>
  infiniteQueryOptions({
    queryKey: keys.of(organizationId, 'waitlist', 'list', state ?? ''),
    queryFn: ({ pageParam, signal }) =>
      settle(
        api.GET(`${T}/waitlist-entries`, {
          params: { path: { organizationId }, query: { ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    staleTime: FRESH,
  });

export const waitlistOfPatientQuery = (organizationId: string, patientId: string) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'waitlist', 'of-patient', patientId),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/waitlist-entries`, { params: { path: { organizationId }, query: { patientId } }, signal }))).items,
    staleTime: FRESH,
  });

/** Whom an hour would suit, in the order in which they should be asked. */
export const waitlistMatchesQuery = (
  organizationId: string,
  hour: { practitionerId: string; start: string; end: string; locationId?: string },
) =>
  queryOptions({
    queryKey: keys.of(organizationId, 'waitlist', 'matches', hour.practitionerId, hour.start, hour.end, hour.locationId ?? ''),
    queryFn: async ({ signal }) =>
      (await settle(api.GET(`${T}/waitlist-matches`, { params: { path: { organizationId }, query: hour }, signal }))).items,
    staleTime: FRESH,
  });
