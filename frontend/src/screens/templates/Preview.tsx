import type { Language, TemplateKind } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Section } from '../../ui/Page';

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
      <div className="phone" lang={language}>
        <div className="ph">
          <span className="ava ph-a" aria-hidden="true">
            {initials}
          </span>
          <div className="grow0">
            <b className="b el blk">{clinic.name}</b>
            <span className="xs ph-u">WhatsApp</span>
          </div>
        </div>
        <div className="cv">
          {text ? (
            <div className="bb" data-testid="template-preview">
              {text}
              <span className="xs bb-t">09:00</span>
            </div>
          ) : (
            <div className="bb">
              <span className="bb-e">{t('templates.nothingToShow')}</span>
            </div>
          )}
          {text && kind === 'reminder' && (
            <div className="bb me" aria-hidden="true">
              1 <span className="xs bb-t">09:04</span>
            </div>
          )}
        </div>
      </div>
      <p className="small muted center">{t('templates.sample')}</p>
    </>
  );
}
