/** A clinic in which nobody may work for now. */
export const suspension = {
  suspension: {
    title: 'Clínica suspensa',
    since: '{{name}}, {{when}}',
    told: {
      payment: 'A assinatura não foi paga',
      request: 'A direção pediu a suspensão',
      misuse: 'Foi usada contra as condições do serviço',
      security: 'Foi suspensa por segurança',
      deletion: 'A clínica vai ser excluída',
    },
    kept: 'Os dados são mantidos como estão e nenhuma mensagem sai. Para reativá-la, a direção da clínica pode escrever ao suporte.',
    again: 'Verificar de novo',
    suspended: 'Suspensa',
    reason: { payment: 'Falta de pagamento', request: 'A pedido', misuse: 'Uso indevido', security: 'Segurança', deletion: 'Exclusão' },
    begin: 'Suspender',
    beginName: 'Suspender {{name}}',
    beginTitle: 'Suspender a clínica',
    beginText:
      'Ninguém poderá trabalhar nela, suas linhas param e a página de reservas deixa de aparecer. Nada é apagado. As mensagens que vencem nesse meio-tempo não saem depois.',
    begun: '{{name}} está suspensa',
    why: 'Motivo',
    whyHint: 'É visto por quem entra na clínica.',
    end: 'Reativar',
    endName: 'Reativar {{name}}',
    endTitle: 'Reativar a clínica',
    endText: 'Será possível trabalhar de novo, e as linhas que funcionavam voltam a rodar.',
    ended: '{{name}} está ativa de novo',
  },
};
