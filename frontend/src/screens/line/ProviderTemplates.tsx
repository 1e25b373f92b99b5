import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lineTemplatesQuery } from '../../api/queries';
import type { Language, LineTemplate, WhatsAppLine } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { languageNames, languages } from '../../i18n';
import { Dialog } from '../../ui/Dialog';
import { Segments } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { LoadError, Section, Skeleton } from '../../ui/Page';
import { ProviderTemplateForm } from './ProviderTemplateForm';

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
    <section className="aside-s prov" aria-labelledby="provider-templates">
      <Section title={t('approved.title')} id="provider-templates" />
      <p className="small muted">{t('approved.under')}</p>
      {templates.isPending ? (
        <Skeleton rows={4} />
      ) : templates.isLoadingError ? (
        <LoadError error={templates.error} title={t('approved.error')} retry={() => void templates.refetch()} />
      ) : (
        <>
          {missing > 0 && (
            <p className="small warned" data-testid="templates-missing">
              <span className="st bare wait">
                <Icon of={IconAlertTriangle} small />
              </span>
              {t('approved.missingText')}
            </p>
          )}
          <Segments
            className="ptpl-l"
            label={t('templates.language')}
            value={language}
            onChange={setLanguage}
            options={languages.map((one) => ({ value: one, label: <span lang={one}>{languageNames[one]}</span> }))}
          />
          <ul className="ruled lined">
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
    <li className="ptpl" data-testid={`approved-${template.kind}`}>
      <span className="b">{kind}</span>
      <span className="small ptpl-n">
        <span className={`st bare ${mapping ? 'ok' : 'wait'}`}>
          <Icon of={mapping ? IconCircleCheck : IconAlertTriangle} small />
          {mapping ? mapping.name : t('approved.none')}
        </span>
        {mapping && (
          <span className="muted">
            {[mapping.providerLanguage, mapping.answerButtons ? t('approved.withButtons') : null].filter(Boolean).join(', ')}
          </span>
        )}
      </span>
      <button
        type="button"
        className="btn sm"
        onClick={onEdit}
        aria-label={`${t(mapping ? 'provider.replace' : 'approved.enter')}: ${kind}`}
        data-testid={`edit-approved-${template.kind}`}
      >
        {t(mapping ? 'provider.replace' : 'approved.enter')}
      </button>
    </li>
  );
}
