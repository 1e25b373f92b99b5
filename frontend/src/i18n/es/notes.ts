/** What practitioners write about a patient. */
export const notes = {
  notes: {
    title: 'Notas clínicas',
    hint: 'Solo las ven profesionales, y cada lectura queda registrada.',
    exist_one: 'Hay 1 nota, solo para profesionales.',
    exist_other: 'Hay {{count}} notas, solo para profesionales.',
    open_one: 'Ver 1 nota',
    open_other: 'Ver {{count}} notas',
    write: 'Escribir una nota',
    correct: 'Corregir la nota',
    correctHint: 'Lo que decía antes se conserva.',
    text: 'Nota',
    textHint: 'Unas pocas frases. No reemplaza la historia clínica.',
    saved: 'Nota guardada',
    error: 'No pudimos cargar las notas',
    corrected: 'Corregida por {{name}}, {{when}}.',
    former: 'Qué decía antes',
  },
};
