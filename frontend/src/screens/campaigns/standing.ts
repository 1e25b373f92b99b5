import type { Campaign } from '../../api/types';
import type { Tone } from '../../ui/Status';

/** Where a campaign stands; one that runs and whose time has not come is scheduled. */
export type Standing = Campaign['state'] | 'scheduled';

export const standing = (campaign: Pick<Campaign, 'state' | 'startsAt'>, now: string): Standing =>
  campaign.state === 'running' && campaign.startsAt > now ? 'scheduled' : campaign.state;

export const campaignTones: Record<Standing, Tone> = {
  draft: 'mute',
  scheduled: 'info',
  running: 'ok',
  paused: 'wait',
  completed: 'mute',
  cancelled: 'no',
};
