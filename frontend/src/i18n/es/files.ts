/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Archivos',
    save: 'Guardar {{name}}',
  },
};
