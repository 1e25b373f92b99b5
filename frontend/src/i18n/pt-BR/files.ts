/** Pictures and documents of a patient. */
export const files = {
  files: {
    title: 'Arquivos',
    save: 'Baixar {{name}}',
    none: 'Sem arquivos',
    add: 'Adicionar arquivo',
    adding: 'Adicionando…',
    remove: 'Remover {{name}}',
    sure: 'Remover para sempre',
  },
};
