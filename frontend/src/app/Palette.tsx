import { IconCalendarPlus, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { may } from '../api/may';
import { patientSearchQuery } from '../api/queries';
import type { Membership } from '../api/types';
import { Dialog } from '../ui/Dialog';
import fields from '../ui/fields.module.css';
import { fold } from '../ui/fold';
import { Icon, type IconType } from '../ui/Icon';
import layout from '../ui/layout.module.css';
import typography from '../ui/typography.module.css';
import { useWords } from './clinic';
import { placesIn } from './navigation';
import styles from './Palette.module.css';
import { to } from './paths';

interface Entry {
  id: string;
  label: string;
  under?: string;
  icon: IconType;
  run: () => void;
}

/** Ctrl+K: go anywhere, find a patient, book. What is typed stays in memory. */
export function Palette({ clinic, opened, onClose, book }: { clinic: Membership; opened: boolean; onClose: () => void; book: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('palette.title')} fleeting>
      <Finder clinic={clinic} onClose={onClose} book={book} />
    </Dialog>
  );
}

function Finder({ clinic, onClose, book }: { clinic: Membership; onClose: () => void; book: () => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const { data: patients } = useQuery({ ...patientSearchQuery(clinic.id, wanted, 6), enabled: wanted.length >= 2 });

  const entries = useMemo<Entry[]>(() => {
    const go = (link: object) => () => {
      onClose();
      void navigate(link as Parameters<typeof navigate>[0]);
    };
    const places: Entry[] = placesIn(clinic).map((place) => ({
      id: place.name,
      label: t(`nav.${place.name}`),
      icon: place.icon,
      run: go(place.link),
    }));
    const all: Entry[] = may(clinic, 'book')
      ? [
          {
            id: 'book',
            label: t('book.new'),
            icon: IconCalendarPlus,
            run: () => {
              onClose();
              book();
            },
          },
          ...places,
        ]
      : places;
    const matching = all.filter((entry) => fold(entry.label).includes(fold(wanted)));
    const found: Entry[] = (wanted.length >= 2 ? (patients?.items ?? []) : []).map((patient) => ({
      id: patient.id,
      label: patient.displayName,
      under: patient.phoneNational ?? undefined,
      icon: IconUser,
      run: go(to.patient(clinic.alias, patient.id)),
    }));
    return [...found, ...matching];
  }, [clinic, wanted, patients, t, navigate, onClose, book]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts at the top of the list again
  useEffect(() => setAt(0), [wanted]);

  return (
    <div className={styles.palette}>
      <input
        className={fields.input}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={entries[at] ? `palette-${entries[at].id}` : undefined}
        aria-label={t('palette.label')}
        maxLength={100}
        placeholder={t('palette.placeholder')}
        autoComplete="off"
        data-autofocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt((now) => Math.min(entries.length - 1, now + 1));
          else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
          else if (event.key === 'Enter') entries[at]?.run();
          else return;
          event.preventDefault();
        }}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.title')} className={styles.list}>
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard works the list from the text box above it
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            className={styles.option}
            onClick={entry.run}
            onPointerMove={() => setAt(index)}
          >
            <Icon of={entry.icon} />
            <span className={typography.ellipsis}>{entry.label}</span>
            {entry.under && <span className={clsx(typography.small, typography.muted, layout.end, typography.nowrap)}>{entry.under}</span>}
          </div>
        ))}
      </div>
      {entries.length === 0 && (
        <p className={clsx(typography.small, typography.muted)} role="status">
          {t('palette.none')}
        </p>
      )}
    </div>
  );
}
