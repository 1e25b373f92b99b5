/** Money that is asked for with a booking online. */
export const deposits = {
  deposits: {
    title: 'Deposit',
    due: '{{amount}}, expected until {{until}}',
    paid: '{{amount}}, paid',
    waived: 'No deposit',
    lapsed: '{{amount}}, not paid in time',
    dueShort: 'deposit due',
    markPaid: 'Mark deposit as paid',
    waive: 'Ask for no deposit',
    savedPaid: 'Deposit paid: {{name}}',
    savedWaived: 'No deposit: {{name}}',
    savedDue: 'Deposit due: {{name}}',
    ask: 'Ask for a deposit with a booking',
    askHint: 'A payment link is shown after booking. If nobody marks it as paid in time, the hour is released and the patient is told.',
    link: 'Payment link',
    linkHint: 'Your payment page (https), with {reference} where the number of the visit goes; also {amount} and {currency}, if you want.',
    amount: 'Amount',
    currency: 'Currency',
    hours: 'Hours to pay',
  },
};
