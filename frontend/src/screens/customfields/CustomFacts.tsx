import { Fragment } from 'react';
import type { CustomField, CustomValue } from '../../api/types';
import { useCustomFields, useSaid } from './useCustomFields';

/** What is written in the clinic's own fields, also in those that are asked no more: rows of a list of facts. */
export function CustomFacts({ subject, values }: { subject: CustomField['subject']; values: readonly CustomValue[] }) {
  const fields = useCustomFields(subject);
  const said = useSaid();
  return fields.map((field) => {
    const written = values.find((one) => one.key === field.key);
    if (!written) return null;
    return (
      <Fragment key={field.id}>
        <dt>{field.label}</dt>
        <dd>{said(field, written.value)}</dd>
      </Fragment>
    );
  });
}
