import { useQuery } from '@tanstack/react-query';
import { customFieldsQuery } from '../../api/customFields';
import type { CustomField } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { dayMonthYear } from '../../time/format';

/** Digits that a number of the browser keeps. */
const EXACT = 15;

/** The clinic's own fields about patients or visits, in their order; retired ones too. None while they are not known. */
export function useCustomFields(subject: CustomField['subject']): CustomField[] {
  const clinic = useClinic();
  return (useQuery(customFieldsQuery(clinic.id)).data ?? []).filter((field) => field.subject === subject);
}

/** What is written in a field, as people read it. */
export function useSaid(): (field: CustomField, value: string) => string {
  const { t, language } = useWords();
  return (field, value) => {
    switch (field.type) {
      case 'date':
        return dayMonthYear(value, language);
      case 'yes-no':
        return t(value === 'true' ? 'custom.yes' : 'custom.no');
      case 'number':
        return value.length > EXACT ? value : new Intl.NumberFormat(language, { maximumFractionDigits: EXACT }).format(Number(value));
      default:
        return value;
    }
  };
}
