import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { useState } from 'react';
import { lineTemplatesQuery } from '../../api/queries';
import type { Language, LineTemplate, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { languageNames, languages } from '../../i18n';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import layout from '../../ui/layout.module.css';
import lists from '../../ui/lists.module.css';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { StatusLabel } from '../../ui/Status';
import typography from '../../ui/typography.module.css';
import { ProviderTemplateForm } from './ProviderTemplateForm';
import styles from './ProviderTemplates.module.css';

/** Which approved text each occasion leaves with on an official line; without one only people who just wrote are reached. */
export function ProviderTemplates({ line }: { line: WhatsAppLine }) {
  const { t } = useWords();
  const clinic = useClinic();
  const templates = useQuery(lineTemplatesQuery(clinic.id, line.id));
  const [language, setLanguage] = useState<Language>(clinic.locale);
  const [chosen, setChosen] = useState<LineTemplate | null>(null);
  const shown = templates.data?.filter((one) => one.language === language) ?? [];
  const missing = templates.data?.filter((one) => one.language === clinic.locale && !one.mapping).length ?? 0;
  return (
    <section className={layout.spaced} aria-labelledby="provider-templates">
      <Section title={t('approved.title')} id="provider-templates" />
      <p className={clsx(typography.small, typography.muted)}>{t('approved.under')}</p>
      {templates.isPending ? (
        <Skeleton rows={4} />
      ) : templates.isLoadingError ? (
        <LoadError error={templates.error} title={t('approved.error')} retry={() => void templates.refetch()} />
      ) : (
        <>
          {missing > 0 && (
            <p className={clsx(typography.small, styles.missing)} data-testid="templates-missing">
              <StatusLabel tone="wait" bare>
                <Icon of={IconAlertTriangle} small />
              </StatusLabel>
              {t('approved.missingText')}
            </p>
          )}
          <Segments
            className={styles.languages}
            label={t('templates.language')}
            value={language}
            onChange={setLanguage}
            options={languages.map((one) => ({ value: one, label: <span lang={one}>{languageNames[one]}</span> }))}
          />
          <ul className={clsx(lists.ruled, lists.lined)}>
            {shown.map((one) => (
              <Row key={one.kind} template={one} onEdit={() => setChosen(one)} />
            ))}
          </ul>
        </>
      )}
      <Dialog
        opened={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen ? t(`kind.${chosen.kind}`) : ''}
        under={chosen ? languageNames[chosen.language] : ''}
      >
        {chosen && <ProviderTemplateForm line={line} template={chosen} onClose={() => setChosen(null)} />}
      </Dialog>
    </section>
  );
}

function Row({ template, onEdit }: { template: LineTemplate; onEdit: () => void }) {
  const { t } = useWords();
  const { mapping } = template;
  const kind = t(`kind.${template.kind}`);
  return (
    <li className={styles.template} data-testid={`approved-${template.kind}`}>
      <span className={typography.strong}>{kind}</span>
      <span className={clsx(typography.small, styles.name)}>
        <StatusLabel bare tone={mapping ? 'ok' : 'wait'} icon={mapping ? IconCircleCheck : IconAlertTriangle}>
          {mapping ? mapping.name : t('approved.none')}
        </StatusLabel>
        {mapping && (
          <span className={typography.muted}>
            {[mapping.providerLanguage, mapping.answerButtons ? t('approved.withButtons') : null].filter(Boolean).join(', ')}
          </span>
        )}
      </span>
      <Button
        small
        onClick={onEdit}
        aria-label={`${t(mapping ? 'provider.replace' : 'approved.enter')}: ${kind}`}
        data-testid={`edit-approved-${template.kind}`}
      >
        {t(mapping ? 'provider.replace' : 'approved.enter')}
      </Button>
    </li>
  );
}
