export const lineConversations = {
  lineConversations: {
    title: 'Conversas por linha',
    text: 'Uma espera começa com a primeira coisa que alguém escreve depois da última fala da clínica e termina com a próxima fala dela. O que o Recado responde sozinho não a termina.',
    line: 'Linha',
    received: 'Recebidas',
    people: 'Pessoas',
    answered: 'Respostas',
    unanswered: 'Sem resposta',
    of: '{{unanswered}} de {{waits}}',
    median: 'Metade em até',
    minutes: '{{minutes}} min',
  },
};
