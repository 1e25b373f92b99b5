import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { appointmentsQuery } from '../../api/agendaQueries';
import type { Language } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { addDays, dateOf } from '../../time/clinicTime';
import { moment } from '../../time/format';
import avatars from '../../ui/avatars.module.css';
import layout from '../../ui/layout.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Preview.module.css';

const DAYS = 7;
const MOST = 30;

interface Props {
  text: string | null;
  language: Language;
  /** The patient answers it with a number. */
  asks: boolean;
  /** Whose visit fills the fields; null for somebody made up. */
  visit: string | null;
  onVisit: (id: string | null) => void;
}

/** The text as it arrives, on the phone it arrives on: for somebody made up, or for the patient of a visit. */
export function Preview({ text, language, asks, visit, onVisit }: Props) {
  const { t, language: spoken } = useWords();
  const clinic = useClinic();
  const today = dateOf(new Date().toISOString(), clinic.timeZone);
  const visits = useQuery(appointmentsQuery(clinic.id, today, addDays(today, DAYS)));
  const ahead = (visits.data ?? []).filter((one) => one.status === 'booked').slice(0, MOST);
  const initials = clinic.name
    .split(/\s+/)
    .slice(-2)
    .map((word) => word.charAt(0))
    .join('')
    .toUpperCase();
  return (
    <>
      <Section title={t('templates.received')} />
      <div className={styles.phone} lang={language}>
        <div className={styles.head}>
          <span className={clsx(avatars.avatar, styles.avatar)} aria-hidden="true">
            {initials}
          </span>
          <div className={layout.fill}>
            <b className={clsx(typography.strong, typography.ellipsis, typography.block)}>{clinic.name}</b>
            <span className={clsx(typography.tiny, styles.under)}>WhatsApp</span>
          </div>
        </div>
        <div className={styles.chat}>
          {text ? (
            <div className={styles.bubble} data-testid="template-preview">
              {text}
              <span className={clsx(typography.tiny, styles.time)}>09:00</span>
            </div>
          ) : (
            <div className={styles.bubble}>
              <span className={styles.nothing}>{t('templates.nothingToShow')}</span>
            </div>
          )}
          {text && asks && (
            <div className={clsx(styles.bubble, styles.answer)} aria-hidden="true">
              1 <span className={clsx(typography.tiny, styles.time)}>09:04</span>
            </div>
          )}
        </div>
      </div>
      <label className={clsx(typography.small, typography.muted, styles.caption)}>
        <span>{t('wording.with')}</span>
        <select value={visit ?? ''} onChange={(event) => onVisit(event.target.value || null)} data-testid="preview-visit">
          <option value="">{t('wording.sample')}</option>
          {ahead.map((one) => (
            <option key={one.id} value={one.id}>
              {moment(one.start, one.timeZone, spoken)} · {one.patient.displayName}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
