/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Arquivos',
    save: 'Salvar {{name}}',
  },
};
