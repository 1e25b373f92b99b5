import { useWords } from '../../app/clinic';
import { Check, SelectField } from '../../ui/Field';
import fields from '../../ui/fields.module.css';

/** As many as the server keeps. */
const MOST = 5;

/** What people of these countries speak beside the three languages of the messages; other codes come by the API. */
const offered = [
  'gn',
  'qu',
  'ay',
  'arn',
  'nah',
  'yua',
  'quc',
  'ht',
  'fr',
  'it',
  'de',
  'zh',
  'ja',
  'ko',
  'ar',
  'ru',
  'uk',
  'he',
  'aed',
  'csg',
  'bzs',
];

/** Names no browser knows: languages of signs, and some of the Americas. */
const named = ['aed', 'csg', 'bzs', 'arn', 'nah', 'yua', 'quc'];

export function useLanguageNames(): (code: string) => string {
  const { t, language } = useWords();
  const names = new Intl.DisplayNames([language], { type: 'language' });
  return (code) => (named.includes(code) ? t(`details.languages.${code}`) : (names.of(code) ?? code));
}

/** Codes with commas between. */
export const codesOf = (written: string): string[] => written.split(',').filter(Boolean);

/** What a patient speaks beside the language they are written to in. */
export function OtherLanguages(props: { preferred: string; written: string; onChange: (written: string) => void; error?: string }) {
  const { t, language } = useWords();
  const nameOf = useLanguageNames();
  const codes = codesOf(props.written);
  const set = (next: string[]) => props.onChange(next.join(','));
  const more = ['es', 'en', 'pt', ...offered]
    .filter((code) => !codes.includes(code) && code !== props.preferred.slice(0, 2))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), language));
  return (
    <fieldset className={fields.choices}>
      <legend className={fields.label}>{t('details.alsoSpeaks')}</legend>
      {codes.map((code) => (
        <Check key={code} type="checkbox" checked onChange={() => set(codes.filter((each) => each !== code))} label={nameOf(code)} />
      ))}
      {codes.length < MOST && (
        <SelectField
          label={t('details.addLanguage')}
          value=""
          error={props.error}
          data-testid="add-language"
          onChange={(event) => set([...codes, event.target.value])}
        >
          <option value="">—</option>
          {more.map((code) => (
            <option key={code} value={code}>
              {nameOf(code)}
            </option>
          ))}
        </SelectField>
      )}
    </fieldset>
  );
}
