import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import clsx from 'clsx';
import { useState } from 'react';
import { may } from '../../api/may';
import { customTemplatesQuery, templateTextsQuery } from '../../api/templates';
import type { CustomTemplate, Language, TemplateKind, TemplateText } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { NoPermission } from '../../app/Problems';
import { type TemplatesSearch, to } from '../../app/paths';
import { languageNames, languages } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import { LoadError, PageHead, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import tabBar from '../../ui/tabBar.module.css';
import typography from '../../ui/typography.module.css';
import { CustomTemplateForm } from './CustomTemplateForm';
import { Editor } from './Editor';
import { templateKinds } from './fields';
import styles from './Templates.module.css';

/** The texts the clinic sends, for Recado's occasions and for its own templates: one per language. */
export function Templates() {
  const { t } = useWords();
  const clinic = useClinic();
  const navigate = useNavigate();
  const search = useSearch({ from: '/c/$clinic/templates' });
  const texts = useQuery(templateTextsQuery(clinic.id));
  const own = useQuery(customTemplatesQuery(clinic.id));
  const [naming, setNaming] = useState<'new' | CustomTemplate | null>(null);
  if (!may(clinic, 'edit-templates')) return <NoPermission />;
  const language: Language = search.language ?? clinic.locale;
  const chosen = own.data?.find((one) => one.id === search.own && !one.archived) ?? null;
  const kind: TemplateKind | null = chosen ? null : (search.kind ?? 'reminder');
  const of = (text: TemplateText) => (chosen ? text.customTemplateId === chosen.id : text.kind === kind);
  const mine = texts.data?.filter(of) ?? [];
  const text = mine.find((one) => one.language === language);
  if (!texts.data || !own.data || !text) {
    const broken = [texts, own].find((query) => query.isLoadingError);
    return (
      <>
        <PageHead title={t('nav.templates')} under={t('templates.under')} />
        {broken ? (
          <LoadError error={broken.error} title={t('templates.error')} retry={() => void Promise.all([texts.refetch(), own.refetch()])} />
        ) : (
          <Skeleton rows={8} />
        )}
      </>
    );
  }
  const address: TemplatesSearch = chosen ? { own: chosen.id } : { kind: kind ?? undefined };
  return (
    <>
      <Editor
        key={text.id}
        title={chosen ? chosen.name : t(`kind.${kind}`)}
        about={chosen ? t(`wording.purpose.${chosen.purpose}`) : null}
        marketing={chosen?.purpose === 'marketing'}
        text={text}
        onRename={chosen ? () => setNaming(chosen) : null}
        kinds={<Kinds texts={texts.data} own={own.data} current={chosen?.id ?? kind} onNew={() => setNaming('new')} />}
        tabs={<Tabs texts={mine} address={address} language={language} />}
      />
      <Dialog
        opened={naming !== null}
        onClose={() => setNaming(null)}
        title={t(naming === 'new' ? 'wording.new' : 'wording.rename')}
        under={naming === 'new' ? t('wording.newText') : undefined}
      >
        {naming && (
          <CustomTemplateForm
            template={naming === 'new' ? null : naming}
            onClose={() => setNaming(null)}
            onSaved={(saved) => {
              setNaming(null);
              void navigate(to.templates(clinic.alias, saved.archived ? {} : { own: saved.id }));
            }}
          />
        )}
      </Dialog>
    </>
  );
}

interface KindsProps {
  texts: TemplateText[];
  own: CustomTemplate[];
  current: string | null;
  onNew: () => void;
}
function Kinds({ texts, own, current, onNew }: KindsProps) {
  const { t } = useWords();
  const clinic = useClinic();
  const spoken = (of: string) =>
    languages
      .filter((language) => texts.some((one) => (one.kind === of || one.customTemplateId === of) && one.language === language && one.body))
      .join(', ') || t('templates.none');
  const entry = (id: string, name: string, address: TemplatesSearch) => (
    <Link key={id} {...to.templates(clinic.alias, address)} aria-current={id === current ? 'true' : undefined}>
      <span className={typography.strong}>{name}</span>
      <span className={clsx(typography.tiny, typography.muted, layout.notOnPhone, typography.block)}>{spoken(id)}</span>
    </Link>
  );
  return (
    <nav className={styles.kinds} aria-label={t('nav.templates')}>
      {templateKinds.map((each) => entry(each, t(`kind.${each}`), { kind: each }))}
      {own.some((one) => !one.archived) && (
        <span className={clsx(typography.tiny, typography.muted, styles.group, layout.notOnPhone)}>{t('wording.own')}</span>
      )}
      {own.filter((one) => !one.archived).map((one) => entry(one.id, one.name, { own: one.id }))}
      <Button small className={styles.add} onClick={onNew} data-testid="template-new">
        <Icon of={IconPlus} small />
        {t('wording.new')}
      </Button>
    </nav>
  );
}

function Tabs({ texts, address, language }: { texts: TemplateText[]; address: TemplatesSearch; language: string }) {
  const { t } = useWords();
  const clinic = useClinic();
  return (
    <nav className={tabBar.tabs} aria-label={t('templates.language')}>
      {languages.map((each) => (
        <Link
          key={each}
          {...to.templates(clinic.alias, { ...address, language: each })}
          aria-current={each === language ? 'true' : undefined}
        >
          <span lang={each}>{languageNames[each]}</span>
          {!texts.some((one) => one.language === each && one.body) && (
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
