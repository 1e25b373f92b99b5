/** Money that a message costs: shares of a cent are shown, because a message costs less than one. */
export const costText = ({ amount, currency }: { amount: number; currency: string }, language: string): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 4 }).format(amount);
