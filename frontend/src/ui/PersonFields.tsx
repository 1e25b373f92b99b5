import { useWords } from '../app/clinic';
import { TextField } from './Field';
import forms from './forms.module.css';

export interface PersonDraft {
  givenName: string;
  familyName: string;
  email: string;
}
export const nobody: PersonDraft = { givenName: '', familyName: '', email: '' };

/** Who is written to. `refused` holds the sentence for each of the three inputs. */
export function PersonFields(props: {
  person: PersonDraft;
  set: (change: Partial<PersonDraft>) => void;
  refused: Partial<Record<keyof PersonDraft, string>>;
  autoFocus?: boolean;
  /** What happens with the address. */
  emailHint: string;
}) {
  const { t } = useWords();
  const { person, set, refused } = props;
  return (
    <>
      <div className={forms.columns}>
        <TextField
          label={t('patients.givenName')}
          required
          data-autofocus={props.autoFocus}
          value={person.givenName}
          onChange={(event) => set({ givenName: event.target.value })}
          error={refused.givenName}
        />
        <TextField
          label={t('patients.familyName')}
          required
          value={person.familyName}
          onChange={(event) => set({ familyName: event.target.value })}
          error={refused.familyName}
        />
      </div>
      <TextField
        label={t('settings.email')}
        type="email"
        required
        value={person.email}
        onChange={(event) => set({ email: event.target.value })}
        error={refused.email}
        hint={props.emailHint}
      />
    </>
  );
}

/** What is sent: a space before or after a name is never meant. */
export const personOf = (draft: PersonDraft): PersonDraft => ({
  givenName: draft.givenName.trim(),
  familyName: draft.familyName.trim(),
  email: draft.email.trim(),
});
