/** Everything a clinic has, as one archive. */
export const takeout = {
  takeout: {
    title: 'Levar os dados',
    under:
      'Um arquivo ZIP com tudo o que há na clínica: um arquivo por tabela, as fotos e documentos, e um manifesto com o hash de cada um. Sem senhas e sem notas clínicas. Fica registrado quem o fez.',
    busy: 'Preparando…',
    save: 'Baixar tudo',
  },
};
