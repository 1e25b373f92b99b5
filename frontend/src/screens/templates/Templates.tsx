import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { may } from '../../api/may';
import { templatesQuery } from '../../api/queries';
import type { MessageTemplate, TemplateKind } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { to } from '../../app/paths';
import { languageNames, languages } from '../../i18n';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, PageHead, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import tabBar from '../../ui/tabBar.module.css';
import typography from '../../ui/typography.module.css';
import { Editor } from './Editor';
import { templateKinds } from './fields';
import styles from './Templates.module.css';

/** The texts the clinic sends: one per kind and language. */
export function Templates() {
  const { t } = useWords();
  const clinic = useClinic();
  const search = useSearch({ from: '/c/$clinic/templates' });
  const templates = useQuery(templatesQuery(clinic.id));
  if (!may(clinic, 'edit-templates')) return <NoPermission />;
  const kind: TemplateKind = search.kind ?? 'reminder';
  const language = search.language ?? clinic.locale;
  if (!templates.data) {
    return (
      <>
        <PageHead title={t('nav.templates')} under={t('templates.under')} />
        {templates.isLoadingError ? (
          <LoadError error={templates.error} title={t('templates.error')} retry={() => void templates.refetch()} />
        ) : (
          <Skeleton rows={8} />
        )}
      </>
    );
  }
  const found = templates.data.find((one) => one.kind === kind && one.language === language) ?? null;
  return (
    <Editor
      key={`${kind} ${language}`}
      kind={kind}
      language={language}
      template={found}
      kinds={<Kinds templates={templates.data} kind={kind} />}
      tabs={<Tabs templates={templates.data} kind={kind} language={language} />}
    />
  );
}

function Kinds({ templates, kind }: { templates: MessageTemplate[]; kind: TemplateKind }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <nav className={styles.kinds} aria-label={t('nav.templates')}>
      {templateKinds.map((each) => (
        <Link key={each} {...to.templates(clinic.alias, { kind: each })} aria-current={each === kind ? 'true' : undefined}>
          <span className={typography.strong}>{t(`kind.${each}`)}</span>
          <span className={clsx(typography.tiny, typography.muted, layout.notOnPhone, typography.block)}>
            {languages.filter((language) => templates.some((one) => one.kind === each && one.language === language)).join(', ') ||
              t('templates.none')}
          </span>
        </Link>
      ))}
    </nav>
  );
}

function Tabs({ templates, kind, language }: { templates: MessageTemplate[]; kind: TemplateKind; language: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <nav className={tabBar.tabs} aria-label={t('templates.language')}>
      {languages.map((each) => (
        <Link key={each} {...to.templates(clinic.alias, { kind, language: each })} aria-current={each === language ? 'true' : undefined}>
          <span lang={each}>{languageNames[each]}</span>
          {!templates.some((one) => one.kind === kind && one.language === each) && (
            <StatusLabel tone="wait" bare>
              <Icon of={IconAlertTriangle} small />
              {t('templates.missing')}
            </StatusLabel>
          )}
        </Link>
      ))}
    </nav>
  );
}
