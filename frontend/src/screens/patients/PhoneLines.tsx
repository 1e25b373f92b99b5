import { IconPlus, IconX } from '@tabler/icons-react';
import clsx from 'clsx';
import { useId } from 'react';
import { useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import fields from '../../ui/fields.module.css';
import { Icon } from '../../ui/Icon';
import styles from './PhoneLines.module.css';
import { type Draft, linesOfPhones, MOST_PHONES, type PhoneLine, phoneLinesOf, relationships } from './patientDraft';

type Owned = Pick<Draft, 'phone' | 'phoneOwner' | 'phoneOwnerName' | 'otherPhones'>;

/** Whose the number is that is written to, and the patient's other numbers, one line each; any of them may be chosen instead. */
export function PhoneLines(props: { draft: Owned; onChange: (change: Partial<Owned>) => void; errors: ReadonlyMap<number, string> }) {
  const { t } = useWords();
  const id = useId();
  const lines = phoneLinesOf(props.draft.otherPhones);
  const write = (next: readonly PhoneLine[]) => props.onChange({ otherPhones: linesOfPhones(next) });
  const change = (at: number, part: Partial<PhoneLine>) => write(lines.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const choose = (at: number) => {
    const { phone, phoneOwner, phoneOwnerName } = props.draft;
    const chosen = lines[at];
    if (!chosen) return;
    const before = phone.trim() ? [{ phone, owner: phoneOwner, name: phoneOwnerName }] : [];
    props.onChange({
      phone: chosen.phone,
      phoneOwner: chosen.owner,
      phoneOwnerName: chosen.name,
      otherPhones: linesOfPhones(lines.flatMap((one, index) => (index === at ? before : [one]))),
    });
  };
  if (!props.draft.phone.trim() && lines.length === 0) return null;
  return (
    <fieldset className={styles.phones} data-testid="patient-phone-lines">
      <legend className={fields.label}>{t('phones.whose')}</legend>
      {props.draft.phone.trim() && (
        <div className={styles.line}>
          <Owner
            line={{ phone: props.draft.phone, owner: props.draft.phoneOwner, name: props.draft.phoneOwnerName }}
            onChange={({ owner, name }) =>
              props.onChange({
                ...(owner === undefined ? {} : { phoneOwner: owner }),
                ...(name === undefined ? {} : { phoneOwnerName: name }),
              })
            }
            testId="patient-phone"
          />
        </div>
      )}
      {lines.map((line, at) => {
        const error = props.errors.get(at);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
          <div key={at}>
            <div className={styles.line}>
              <input
                className={fields.input}
                type="tel"
                aria-label={t('phones.number')}
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${id}-${at}` : undefined}
                autoComplete="off"
                maxLength={40}
                data-testid={`patient-other-phone-${at}`}
                value={line.phone}
                onChange={(event) => change(at, { phone: event.target.value })}
              />
              <Owner line={line} onChange={(part) => change(at, part)} testId={`patient-other-phone-${at}`} />
              <Button small disabled={!line.phone.trim()} onClick={() => choose(at)} data-testid={`patient-write-there-${at}`}>
                {t('phones.writeHere')}
              </Button>
              <Button
                kind="quiet"
                iconOnly
                aria-label={t('phones.remove', { phone: line.phone })}
                onClick={() => write(lines.filter((_, index) => index !== at))}
              >
                <Icon of={IconX} />
              </Button>
            </div>
            {error && (
              <p className={clsx(fields.hint, fields.error)} id={`${id}-${at}`}>
                {error}
              </p>
            )}
          </div>
        );
      })}
      {lines.length < MOST_PHONES - 1 && lines.every((line) => line.phone.trim()) && (
        <Button
          small
          className={styles.add}
          onClick={() => write([...lines, { phone: '', owner: '', name: '' }])}
          data-testid="patient-add-phone"
        >
          <Icon of={IconPlus} small />
          {t('phones.add')}
        </Button>
      )}
    </fieldset>
  );
}

/** What whoever holds the phone is to the patient, and their name unless it is the patient. */
function Owner(props: { line: PhoneLine; onChange: (part: Partial<Pick<PhoneLine, 'owner' | 'name'>>) => void; testId: string }) {
  const { t } = useWords();
  const { owner, name } = props.line;
  return (
    <>
      <select
        className={clsx(fields.input, fields.select)}
        aria-label={t('phones.owner')}
        data-testid={`${props.testId}-owner`}
        value={owner}
        onChange={(event) => {
          const chosen = event.target.value as PhoneLine['owner'];
          props.onChange(chosen === 'self' ? { owner: chosen, name: '' } : { owner: chosen });
        }}
      >
        <option value="">{t('phones.nobodySaid')}</option>
        {relationships.map((each) => (
          <option key={each} value={each}>
            {each === 'self' ? t('phones.self') : t(`family.is.${each}`)}
          </option>
        ))}
      </select>
      {owner !== 'self' && (
        <input
          className={fields.input}
          aria-label={t('phones.ownerName')}
          placeholder={t('phones.ownerName')}
          autoComplete="off"
          maxLength={60}
          data-testid={`${props.testId}-owner-name`}
          value={name}
          onChange={(event) => props.onChange({ name: event.target.value })}
        />
      )}
    </>
  );
}
