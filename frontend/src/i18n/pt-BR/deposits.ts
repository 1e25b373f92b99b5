/** Money that is asked for with a booking online. */
export const deposits = {
  deposits: {
    title: 'Sinal',
    due: '{{amount}}, esperado até {{until}}',
    paid: '{{amount}}, pago',
    waived: 'Sem sinal',
    lapsed: '{{amount}}, não pago no prazo',
    dueShort: 'sinal pendente',
    markPaid: 'Marcar sinal como pago',
    waive: 'Não pedir sinal',
    savedPaid: 'Sinal pago: {{name}}',
    savedWaived: 'Sem sinal: {{name}}',
    savedDue: 'Sinal pendente: {{name}}',
    ask: 'Pedir um sinal ao agendar',
    askHint:
      'Um link de pagamento aparece depois do agendamento. Se ninguém marcar como pago no prazo, o horário é liberado e o paciente é avisado.',
    link: 'Link de pagamento',
    linkHint: 'Sua página de pagamento (https), com {reference} onde vai o número da consulta; se quiser, também {amount} e {currency}.',
    amount: 'Valor',
    currency: 'Moeda',
    hours: 'Horas para pagar',
  },
};
