import { useMutation } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { isStale } from '../api/problems';
import { useWords } from '../app/clinic';
import { alike, layOn } from './draft';

/**
 * A form over one record that others may save meanwhile. The draft keeps the version it was made from; what somebody else
 * saved is shown beside it, unless nothing that a person could see has changed. Leaving with unsaved words asks first.
 */
export function useSavedDraft<Saved, Draft extends object>(props: {
  saved: Saved;
  /** Flat, so that drafts compare by their values. */
  draftOf: (saved: Saved) => Draft;
  save: (seen: Saved, written: Draft) => Promise<Saved>;
  /** Reads the record anew. */
  read: () => Promise<Saved>;
  /** Keeps what was saved where other screens find it, and says so. */
  onSaved: (saved: Saved) => void;
}) {
  const { draftOf } = props;
  const { t } = useWords();
  const [base, setBase] = useState(props.saved);
  const [draft, setDraft] = useState(() => draftOf(props.saved));
  const [theirs, setTheirs] = useState<Saved | null>(null);
  const dirty = !alike(draft, draftOf(base));
  useBlocker({ shouldBlockFn: () => dirty && !window.confirm(t('dirty.text')), enableBeforeUnload: () => dirty });

  const saving = useMutation({
    mutationFn: ({ seen, written }: { seen: Saved; written: Draft }) => props.save(seen, written),
    onSuccess: (saved) => {
      setBase(saved);
      setDraft(draftOf(saved));
      props.onSaved(saved);
    },
    onError: async (error, { written }) => {
      if (!isStale(error)) return;
      const now = await props.read();
      if (alike(draftOf(now), draftOf(base))) {
        setBase(now);
        saving.mutate({ seen: now, written });
      } else setTheirs(now);
    },
  });
  const laid = (saved: Saved) => layOn(draft, draftOf(base), draftOf(saved));

  return {
    /** The version that the draft was made from. */
    base,
    draft,
    set: (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })),
    dirty,
    saving,
    submit: () => saving.mutate({ seen: base, written: draft }),
    discard: () => {
      setDraft(draftOf(base));
      saving.reset();
    },
    /** What `Conflict` shows while somebody else's version stands beside the draft; null otherwise. */
    conflict: (rows: readonly (readonly [label: string, of: (one: Draft) => string])[]) =>
      theirs === null
        ? null
        : {
            differences: rows
              .map(([label, of]) => ({ label, mine: of(laid(theirs)), theirs: of(draftOf(theirs)) }))
              .filter((row) => row.mine !== row.theirs),
            busy: saving.isPending,
            onKeepMine: () => {
              const written = laid(theirs);
              setDraft(written);
              setBase(theirs);
              setTheirs(null);
              saving.mutate({ seen: theirs, written });
            },
            onTakeTheirs: () => {
              setBase(theirs);
              setDraft(draftOf(theirs));
              setTheirs(null);
              saving.reset();
            },
          },
  };
}
