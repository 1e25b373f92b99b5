/** What practitioners write about a patient. */
export const notes = {
  notes: {
    title: 'Notas clínicas',
    hint: 'Só profissionais as veem, e cada leitura fica registrada.',
    exist_one: 'Há 1 nota, só para profissionais.',
    exist_other: 'Há {{count}} notas, só para profissionais.',
    open_one: 'Ver 1 nota',
    open_other: 'Ver {{count}} notas',
    write: 'Escrever uma nota',
    correct: 'Corrigir a nota',
    correctHint: 'O que dizia antes é guardado.',
    text: 'Nota',
    textHint: 'Poucas frases. Não substitui o prontuário.',
    saved: 'Nota salva',
    error: 'Não foi possível carregar as notas',
    corrected: 'Corrigida por {{name}}, {{when}}.',
    former: 'O que dizia antes',
  },
};
