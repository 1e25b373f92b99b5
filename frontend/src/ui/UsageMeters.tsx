import clsx from 'clsx';
import type { Usage } from '../api/types';
import { useWords } from '../app/clinic';
import typography from './typography.module.css';
import styles from './UsageMeters.module.css';

/** Each limit of a plan with how much of it is used: in words, and as a bar where there is a limit. */
export function UsageMeters({ usage }: { usage: Usage }) {
  const { t, language } = useWords();
  const number = new Intl.NumberFormat(language);
  return (
    <dl className={styles.meters} data-testid="usage">
      {usage.items.map(({ limit, used, most }) => {
        const share = most === null || used === null ? null : most === 0 ? 1 : Math.min(used / most, 1);
        const said = used === null ? t('usage.unknown') : number.format(used);
        return (
          <div key={limit}>
            <dt>{t(`usage.limit.${limit}`)}</dt>
            <dd>
              <span className={clsx(share === 1 && styles.full)}>
                {most === null ? t('usage.withoutLimit', { used: said }) : t('usage.of', { used: said, most: number.format(most) })}
              </span>
              {share !== null && (
                <span className={styles.track} aria-hidden="true">
                  <span className={styles.fill} data-full={share === 1 || undefined} style={{ width: `${share * 100}%` }} />
                </span>
              )}
              {share === 1 && <span className={clsx(typography.small, typography.muted)}>{t(`usage.full.${limit}`)}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
