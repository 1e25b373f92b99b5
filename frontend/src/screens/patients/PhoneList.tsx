import { IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import clsx from 'clsx';
import { patientPhonesQuery } from '../../api/phones';
import type { Patient, PatientPhone, PatientPhoneKnown } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dateOf } from '../../time/clinicTime';
import { dayMonthYear } from '../../time/format';
import { Icon } from '../../ui/Icon';
import { phoneText } from '../../ui/phone';
import typography from '../../ui/typography.module.css';
import styles from './PhoneList.module.css';
import { withExtension } from './patientDraft';

/**
 * On a card, below the number that is written to: whose it is and whether it has WhatsApp, and the same of the others. Nothing
 * while nothing is known beside the one number.
 */
export function PhoneList({ patient }: { patient: Patient }) {
  const clinic = useClinic();
  const known = useQuery({ ...patientPhonesQuery(clinic.id, patient.id), enabled: patient.phoneNumbers.length > 0 });
  const found = (one: PatientPhone) => known.data?.find((each) => each.number.phone === one.phone);
  const written = patient.phoneNumbers.find((one) => one.writtenTo);
  const others = patient.phoneNumbers.filter((one) => !one.writtenTo);
  const said = useSaid();
  const first = written ? said(written, found(written)) : '';
  if (!first && others.length === 0) return null;
  return (
    <ul className={styles.numbers} data-testid="patient-phones">
      {first && <li className={clsx(typography.small, typography.muted)}>{first}</li>}
      {others.map((one) => (
        <li key={one.phone} className={styles.number}>
          <a className={typography.nowrap} href={`tel:${one.phone}`}>
            <Icon of={IconPhone} small /> {withExtension(phoneText(one.phone ?? ''), one.phoneExtension)}
          </a>
          <div className={clsx(typography.small, typography.muted)}>{said(one, found(one))}</div>
        </li>
      ))}
    </ul>
  );
}

/** Whose it is and whether it has WhatsApp, as one line. */
function useSaid() {
  const { t, language } = useWords();
  const clinic = useClinic();
  return (one: PatientPhone, known: PatientPhoneKnown | undefined): string =>
    [
      one.owner && (one.owner === 'self' ? t('phones.self') : t(`family.is.${one.owner}`)),
      one.ownerName,
      known?.foundOutAt &&
        t(known.onWhatsApp === 'yes' ? 'phones.onWhatsApp' : 'phones.notOnWhatsApp', {
          date: dayMonthYear(dateOf(known.foundOutAt, clinic.timeZone), language),
        }),
    ]
      .filter(Boolean)
      .join(', ');
}
