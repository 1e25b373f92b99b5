import type { ImportKind } from '../../../api/imports';
import { useWords } from '../../../app/clinic';

/** Words that an import of visits says otherwise than one of patients. */
const OTHERWISE = /^(title|under|newRecords|count\.|commit|rows\.kept|toList|undoHint)/;

/** The words of a kind of import, by their names below `import`. */
export function useImportWords(kind: ImportKind) {
  const { t } = useWords();
  return (name: string, values: Record<string, unknown> = {}) =>
    t(`${kind === 'appointments' && OTHERWISE.test(name) ? 'visitImport' : 'import'}.${name}`, values);
}
