/** Whether things work, and what was late. */
export const service = {
  service: {
    title: 'Estado do serviço',
    under: 'Se alguém diz que não recebeu nada: sua linha, o Recado, o WhatsApp, e o que saiu atrasado.',
    error: 'Não foi possível consultar o estado',
    standing: { works: 'Funciona', slow: 'Com atraso', trouble: 'Com problemas' },
    recado: {
      works: 'As mensagens saem assim que chega a hora.',
      slow: 'Algumas mensagens saem mais tarde do que deveriam. Um alarme já nos avisou.',
      trouble: 'Não está funcionando. Um alarme já nos avisou.',
    },
    whatsApp: {
      works: 'As linhas das outras clínicas funcionam.',
      slow: 'Está lento para muitas clínicas.',
      trouble: 'Muitas clínicas estão com a linha fora do ar ao mesmo tempo: não é o seu telefone.',
    },
    lineWorks: 'As mensagens saem por esta linha.',
    lineDown: 'Nada sai por esta linha até ela voltar.',
    waiting_one: '{{count}} mensagem espera a linha voltar ({{when}}).',
    waiting_other: '{{count}} mensagens esperam a linha voltar; a primeira, {{when}}.',
    late: 'O que saiu atrasado nos últimos 7 dias',
    nothingLate: 'Nada: nenhuma mensagem precisou esperar uma linha fora do ar.',
    held_one: '{{count}} mensagem esperou a linha',
    held_other: '{{count}} mensagens esperaram a linha',
    longest_one: 'a que mais esperou, {{count}} minuto',
    longest_other: 'a que mais esperou, {{count}} minutos',
    tooLate_one: '{{count}} já não servia e não foi enviada.',
    tooLate_other: '{{count}} já não serviam e não foram enviadas.',
  },
};
