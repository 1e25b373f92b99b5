import { IconTool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type MaintenanceNotice, maintenanceQuery } from '../api/maintenance';
import { isSupport } from '../api/may';
import { dateOf, timeOf } from '../time/clinicTime';
import { moment } from '../time/format';
import { StatusLabel } from '../ui/Status';
import typography from '../ui/typography.module.css';
import styles from './Banners.module.css';
import { useClinic, useNow, useWords } from './clinic';

const SHOWN_BEFORE_MS = 3 * 24 * 3_600_000;

/** Which of the three languages of a notice somebody reads. */
export const wordsOf = (notice: MaintenanceNotice, language: string): string =>
  language === 'pt-BR' ? notice.text.pt : language === 'en' ? notice.text.en : notice.text.es;

const sameDay = (notice: MaintenanceNotice, zone: string): boolean => dateOf(notice.beginsAt, zone) === dateOf(notice.endsAt, zone);

/** Work on Recado, from three days before until it is over. */
export function MaintenanceBanner() {
  const { t, language } = useWords();
  const clinic = useClinic();
  const now = Date.parse(useNow());
  const { data: notices } = useQuery({ ...maintenanceQuery(clinic.id), enabled: !isSupport(clinic) });
  const shown = (notices ?? []).filter((one) => Date.parse(one.endsAt) > now && Date.parse(one.beginsAt) - now < SHOWN_BEFORE_MS);
  return shown.map((one) => {
    const running = Date.parse(one.beginsAt) <= now;
    return (
      <div key={one.id} className={styles.line} role="status" data-testid="maintenance">
        <StatusLabel tone={running ? 'wait' : 'info'} icon={IconTool}>
          {running
            ? t('maintenance.until', { when: moment(one.endsAt, clinic.timeZone, language) })
            : t('maintenance.coming', {
                from: moment(one.beginsAt, clinic.timeZone, language),
                until: sameDay(one, clinic.timeZone) ? timeOf(one.endsAt, clinic.timeZone) : moment(one.endsAt, clinic.timeZone, language),
              })}
        </StatusLabel>
        <p className={typography.small}>{wordsOf(one, language)}</p>
      </div>
    );
  });
}
