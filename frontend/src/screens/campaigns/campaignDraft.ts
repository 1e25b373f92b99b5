import type { Campaign, CampaignAudience, CampaignInput } from '../../api/types';
import { addDays, dateOf, instantAt, minuteOfTime, timeOf } from '../../time/clinicTime';

/** A campaign while it is written: dates and times as people type them, on the clinic's clocks. */
export interface Draft {
  name: string;
  templateId: string;
  lineId: string;
  audience: CampaignAudience;
  frozen: boolean;
  startDate: string;
  startTime: string;
  endDate: string;
  sendFrom: string;
  sendUntil: string;
  perDay: string;
}

const everybody: CampaignAudience = {
  tags: [],
  healthcareServiceIds: [],
  insuranceIds: [],
  withoutUpcoming: false,
  birthday: null,
  ageFrom: null,
  ageTo: null,
  seenBefore: null,
  seenSince: null,
};
const DAYS = 14;

export const emptyDraft = (today: string, lineId: string): Draft => ({
  name: '',
  templateId: '',
  lineId,
  audience: everybody,
  frozen: true,
  startDate: addDays(today, 1),
  startTime: '09:00',
  endDate: addDays(today, 1 + DAYS),
  sendFrom: '09:00',
  sendUntil: '20:00',
  perDay: '50',
});

export const draftOf = (campaign: Campaign, zone: string): Draft => ({
  name: campaign.name,
  templateId: campaign.templateId,
  lineId: campaign.lineId,
  audience: campaign.audience,
  frozen: campaign.frozen,
  startDate: dateOf(campaign.startsAt, zone),
  startTime: timeOf(campaign.startsAt, zone),
  endDate: dateOf(campaign.endsAt, zone),
  sendFrom: campaign.sendFrom.slice(0, 5),
  sendUntil: campaign.sendUntil.slice(0, 5),
  perDay: String(campaign.perDay),
});

/** What is sent; null while something of it is missing. */
export function inputOf(draft: Draft, zone: string): CampaignInput | null {
  const perDay = Number(draft.perDay);
  const whole =
    draft.name.trim() &&
    draft.templateId &&
    draft.lineId &&
    draft.startDate &&
    draft.startTime &&
    draft.endDate &&
    draft.sendFrom &&
    draft.sendUntil &&
    Number.isInteger(perDay) &&
    perDay > 0;
  if (!whole) return null;
  return {
    name: draft.name.trim(),
    templateId: draft.templateId,
    lineId: draft.lineId,
    audience: draft.audience,
    frozen: draft.frozen,
    startsAt: instantAt(draft.startDate, minuteOfTime(draft.startTime), zone),
    // The last day counts whole.
    endsAt: instantAt(addDays(draft.endDate, 1), 0, zone),
    sendFrom: `${draft.sendFrom}:00`,
    sendUntil: `${draft.sendUntil}:00`,
    perDay,
  };
}
