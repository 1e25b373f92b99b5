/**
 * A person's draft laid on what somebody else saved since the draft was made: inputs the person changed keep their value,
 * the others take the saved one. Values are compared as they are, so a draft is flat.
 */
export function layOn<Draft extends object>(draft: Draft, madeFrom: Draft, saved: Draft): Draft {
  const laid = { ...saved };
  for (const field of Object.keys(draft) as (keyof Draft)[]) {
    if (draft[field] !== madeFrom[field]) laid[field] = draft[field];
  }
  return laid;
}

export const alike = <Draft extends object>(one: Draft, other: Draft): boolean =>
  (Object.keys(one) as (keyof Draft)[]).every((field) => one[field] === other[field]);
