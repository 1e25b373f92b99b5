import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { templateVersionsQuery } from '../../api/templates';
import type { TemplateText } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { moment } from '../../time/format';
import { Button } from '../../ui/Button';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import styles from './Editor.module.css';
import { type FieldWords, toFriendly } from './fields';

/** What left before, to be read and used again. */
export function Versions({ text, words, onUse }: { text: TemplateText; words: FieldWords; onUse: (body: string) => void }) {
  const { t, language } = useWords();
  const clinic = useClinic();
  const [open, setOpen] = useState(false);
  const versions = useQuery({ ...templateVersionsQuery(clinic.id, text.id), enabled: open });
  const published = versions.data?.filter((version) => version.state !== 'draft') ?? [];
  return (
    <div className={layout.spaced}>
      <Button kind="link" className={typography.small} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="template-versions">
        {t(open ? 'wording.hideVersions' : 'wording.versions')}
      </Button>
      {open && versions.isPending && <Skeleton rows={2} />}
      {versions.isLoadingError && <LoadError error={versions.error} title={t('templates.error')} retry={() => void versions.refetch()} />}
      {open && versions.data && (
        <ul className={clsx(lists.ruled, lists.lined)}>
          {published.map((version) => (
            <li key={version.number} className={styles.version}>
              <div className={clsx(layout.row, layout.wrap, typography.small)}>
                <b className={typography.strong}>
                  {version.number ? t('wording.version', { number: version.number }) : t('templates.standard')}
                </b>
                <span className={typography.muted}>
                  {t(`wording.state.${version.state}`)}
                  {version.at ? ` · ${moment(version.at, clinic.timeZone, language)}` : ''}
                </span>
                {version.state === 'archived' && (
                  <Button kind="link" className={layout.end} onClick={() => onUse(version.body)}>
                    {t('wording.use')}
                  </Button>
                )}
              </div>
              <p className={clsx(typography.small, typography.muted, styles.words)} lang={text.language}>
                {toFriendly(version.body, words)}
              </p>
            </li>
          ))}
          {published.length === 0 && <li className={clsx(typography.small, typography.muted)}>{t('templates.notYet')}</li>}
        </ul>
      )}
    </div>
  );
}
