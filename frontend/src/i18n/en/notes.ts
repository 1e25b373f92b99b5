/** What practitioners write about a patient. */
export const notes = {
  notes: {
    title: 'Clinical notes',
    hint: 'For practitioners only, and each look is recorded.',
    exist_one: 'There is 1 note, for practitioners only.',
    exist_other: 'There are {{count}} notes, for practitioners only.',
    open_one: 'Show 1 note',
    open_other: 'Show {{count}} notes',
    write: 'Write a note',
    correct: 'Correct the note',
    correctHint: 'What it said before is kept.',
    text: 'Note',
    textHint: 'A few sentences. It does not replace the medical record.',
    saved: 'Note saved',
    error: 'The notes could not be loaded',
    corrected: 'Corrected by {{name}}, {{when}}.',
    former: 'What it said before',
  },
};
