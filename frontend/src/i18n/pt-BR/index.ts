import { apiClients } from './apiClients.ts';
import { assistant } from './assistant.ts';
import { audit } from './audit.ts';
import { booking } from './booking.ts';
import { calendars } from './calendars.ts';
import { campaigns } from './campaigns.ts';
import { chatwoot } from './chatwoot.ts';
import { costs } from './costs.ts';
import { custom } from './custom.ts';
import { day } from './day.ts';
import { deletion } from './deletion.ts';
import { deposits } from './deposits.ts';
import { developers } from './developers.ts';
import { family } from './family.ts';
import { files } from './files.ts';
import { flows } from './flows.ts';
import { groups } from './groups.ts';
import { holds } from './holds.ts';
import { hours } from './hours.ts';
import { imports } from './imports.ts';
import { inbox } from './inbox.ts';
import { inboxSettings } from './inboxSettings.ts';
import { lineConversations } from './lineConversations.ts';
import { lines } from './lines.ts';
import { maintenance } from './maintenance.ts';
import { members } from './members.ts';
import { merging } from './merging.ts';
import { notes } from './notes.ts';
import { notices } from './notices.ts';
import { overview } from './overview.ts';
import { people } from './people.ts';
import { phones } from './phones.ts';
import { places } from './places.ts';
import { platform } from './platform.ts';
import { practice } from './practice.ts';
import { prereg } from './prereg.ts';
import { privacy } from './privacy.ts';
import { problems } from './problems.ts';
import { providers } from './providers.ts';
import { reports } from './reports.ts';
import { rooms } from './rooms.ts';
import { rules } from './rules.ts';
import { series } from './series.ts';
import { service } from './service.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { support } from './support.ts';
import { suspension } from './suspension.ts';
import { takeout } from './takeout.ts';
import { tickets } from './tickets.ts';
import { undo } from './undo.ts';
import { usage } from './usage.ts';
import { visitDetails } from './visitDetails';
import { visitImports } from './visitImports.ts';
import { waitlist } from './waitlist.ts';
import { webhooks } from './webhooks.ts';
import { wording } from './wording.ts';

/** Brazilian Portuguese. A visit is a consulta whatever the clinic calls it in Spanish. */
export default {
  ...booking,
  ...assistant,
  ...calendars,
  ...campaigns,
  ...costs,
  ...chatwoot,
  ...custom,
  ...day,
  ...deletion,
  ...deposits,
  ...developers,
  ...family,
  ...files,
  ...flows,
  ...groups,
  ...holds,
  ...hours,
  ...imports,
  ...inbox,
  ...inboxSettings,
  ...lineConversations,
  ...lines,
  ...members,
  ...maintenance,
  ...merging,
  ...notes,
  ...notices,
  ...overview,
  ...people,
  ...phones,
  ...places,
  ...platform,
  ...practice,
  ...prereg,
  ...privacy,
  ...problems,
  ...providers,
  ...reports,
  ...rooms,
  ...rules,
  ...series,
  ...service,
  ...setup,
  ...shell,
  ...support,
  ...suspension,
  ...takeout,
  ...tickets,
  ...undo,
  ...usage,
  ...visitDetails,
  ...visitImports,
  ...waitlist,
  ...wording,
  ...webhooks,
  ...apiClients,
  ...audit,
};
