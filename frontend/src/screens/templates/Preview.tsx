import clsx from 'clsx';
import type { Language, TemplateKind } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import avatars from '../../ui/avatars.module.css';
import layout from '../../ui/layout.module.css';
import { Section } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Preview.module.css';

/** The text as it arrives, with a made-up patient, on the phone it arrives on. */
export function Preview({ text, language, kind }: { text: string | null; language: Language; kind: TemplateKind }) {
  const { t } = useWords();
  const clinic = useClinic();
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
          {text && kind === 'reminder' && (
            <div className={clsx(styles.bubble, styles.answer)} aria-hidden="true">
              1 <span className={clsx(typography.tiny, styles.time)}>09:04</span>
            </div>
          )}
        </div>
      </div>
      <p className={clsx(typography.small, typography.muted, styles.caption)}>{t('templates.sample')}</p>
    </>
  );
}
