/** What a clinic's plan includes and how much of it is used. */
export const usage = {
  usage: {
    title: 'Plano e uso',
    error: 'Não foi possível ver o plano',
    plan: 'Plano {{plan}}. Para mudá-lo, a direção pode escrever ao suporte.',
    noPlan: 'Sem plano: nada tem limite.',
    of: '{{used}} de {{most}}',
    withoutLimit: '{{used}}, sem limite',
    unknown: 'não se sabe agora',
    limit: {
      lines: 'Linhas',
      'messages-per-day': 'Mensagens de hoje',
      members: 'Pessoas da equipe',
      'storage-megabytes': 'Arquivos (MB)',
    },
    perDay: 'Mensagens por dia',
    full: {
      lines: 'Para adicionar outra linha é preciso outro plano.',
      'messages-per-day': 'O que sai sozinho espera até amanhã; o que uma pessoa escreve sai do mesmo jeito.',
      members: 'Quem aceitar um convite não poderá entrar até haver lugar.',
      'storage-megabytes': 'Não é possível enviar mais arquivos.',
    },
    open: 'Plano',
    openName: 'Plano de {{name}}',
    planName: 'Nome do plano',
    emptyIsNone: 'Vazio: sem limite.',
    saved: 'O plano de {{name}} mudou',
  },
};
