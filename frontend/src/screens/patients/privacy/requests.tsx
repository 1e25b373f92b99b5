import { IconAlertTriangle, IconCalendarEvent, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { PrivacyRequest } from '../../../api/types';
import { useWords } from '../../../app/clinic';
import { dayMonthYear } from '../../../time/format';
import { StatusLabel } from '../../../ui/Status';

export const requestKinds = ['access', 'correction', 'erasure', 'restriction'] as const satisfies readonly PrivacyRequest['kind'][];

/** Whether the request is answered by what is done on the patient's card. */
export const carriedOut = (kind: PrivacyRequest['kind']) => kind === 'erasure' || kind === 'restriction';

/** Until when it is to be answered, or how it was. */
export function RequestStatus({ request }: { request: PrivacyRequest }) {
  const { t, language } = useWords();
  if (request.state !== 'open') {
    const done = request.state === 'done';
    return (
      <StatusLabel tone={done ? 'ok' : 'mute'} icon={done ? IconCircleCheck : IconCircleX}>
        {t(`privacy.state.${request.state}`)}
      </StatusLabel>
    );
  }
  return (
    <StatusLabel tone={request.overdue ? 'no' : 'wait'} icon={request.overdue ? IconAlertTriangle : IconCalendarEvent}>
      {t(request.overdue ? 'privacy.overdue' : 'privacy.due', { date: dayMonthYear(request.dueOn, language) })}
    </StatusLabel>
  );
}
