import {
  IconBolt,
  IconBuildingCommunity,
  IconCalendarEvent,
  IconChartBar,
  IconDeviceMobile,
  IconHome,
  IconHourglass,
  IconListTree,
  IconMessageReply,
  IconSend,
  IconSettings,
  IconSpeakerphone,
  IconTemplate,
  IconUsers,
} from '@tabler/icons-react';
import { type Action, isSupport, may } from '../api/may';
import type { Membership } from '../api/types';
import type { IconType } from '../ui/Icon';
import { to } from './paths';

export interface Place {
  /** Key below `nav`. */
  name: string;
  icon: IconType;
  link: ReturnType<(typeof to)[keyof typeof to]>;
  /** Second key of the `g` shortcut. */
  key: string;
  group: 1 | 2;
}

/** The places a person can go to in a clinic, in the order of the desk. */
export function placesIn(clinic: Membership): Place[] {
  const places: (Place & { needs?: Action })[] = [
    { name: 'today', icon: IconHome, link: to.today(clinic.alias), key: 'h', group: 1 },
    { name: 'agenda', icon: IconCalendarEvent, link: to.agenda(clinic.alias), key: 'a', group: 1 },
    { name: 'conversations', icon: IconMessageReply, link: to.conversations(clinic.alias), key: 'c', group: 1 },
    { name: 'patients', icon: IconUsers, link: to.patients(clinic.alias), key: 'p', group: 1 },
    { name: 'waitlist', icon: IconHourglass, link: to.waitlist(clinic.alias), key: 'w', group: 1 },
    { name: 'messages', icon: IconSend, link: to.messages(clinic.alias), key: 'm', group: 1 },
    { name: 'campaigns', icon: IconSpeakerphone, link: to.campaigns(clinic.alias), key: 'n', group: 2, needs: 'see-campaigns' },
    { name: 'templates', icon: IconTemplate, link: to.templates(clinic.alias), key: 't', group: 2, needs: 'edit-templates' },
    { name: 'rules', icon: IconBolt, link: to.rules(clinic.alias), key: 'n', group: 2 },
    { name: 'flows', icon: IconListTree, link: to.flows(clinic.alias), key: 'f', group: 2, needs: 'see-flows' },
    { name: 'line', icon: IconDeviceMobile, link: to.line(clinic.alias), key: 'l', group: 2 },
    { name: 'reports', icon: IconChartBar, link: to.reports(clinic.alias), key: 'r', group: 2, needs: 'see-reports' },
    { name: 'settings', icon: IconSettings, link: to.settings(clinic.alias), key: 's', group: 2, needs: 'see-settings' },
  ];
  if (isSupport(clinic)) return places.filter((place) => forSupport.has(place.name));
  return places.filter((place) => !place.needs || may(clinic, place.needs));
}

/** Where the platform's support may look; the rest asks what it is refused. */
const forSupport: ReadonlySet<string> = new Set(['today', 'agenda', 'patients', 'waitlist', 'messages']);

export const platformPlace: Place = { name: 'platform', icon: IconBuildingCommunity, link: to.platform(), key: 'o', group: 2 };
