import { call, type Form, type FormAnswer } from './api';
import css from './Booking.module.css';
import { h } from './dom';
import { error, field, heading, names, select } from './parts';
import { act, complain, go, isGone, redraw, state, t } from './state';

type Answer = typeof state.answer;
const kinds = ['ar-dni', 'br-cpf', 'cl-rut', 'co-cc', 'ec-ci', 'mx-curp', 'pe-dni', 'uy-ci', 'passport'] as const;

function answerOf(): FormAnswer {
  const { birthDate, identifierKind, identifier, email, insuranceId, memberNumber, data, care, marketing } = state.answer;
  const said = (text: string) => text.trim() || null;
  return {
    givenName: state.givenName.trim(),
    familyName: said(state.familyName),
    birthDate: birthDate || null,
    identifierKind: (identifier.trim() ? identifierKind : null) as FormAnswer['identifierKind'],
    identifier: said(identifier),
    email: said(email),
    insuranceId: insuranceId || null,
    memberNumber: insuranceId ? said(memberNumber) : null,
    language: state.language,
    data,
    // Not ticked is not said: who wants no reminders says so, and is not taken to by silence.
    care: care || null,
    marketing,
  };
}

function send(): Promise<void> {
  if (!state.givenName.trim()) return complain('givenName');
  if (!state.answer.data) return complain('data');
  return act(
    async () => {
      state.form = await call<Form>('/preregistration', { method: 'POST', token: state.formToken, body: answerOf() });
      state.givenName = '';
      state.familyName = '';
      go('thanks');
    },
    async (refused) => {
      if (isGone(refused)) go('gone');
    },
  );
}

const set = <K extends keyof Answer>(name: K, value: Answer[K]) => {
  state.answer[name] = value;
};

const agree = (name: 'data' | 'care' | 'marketing', text: string) =>
  h(
    'label',
    { class: `${css.option} ${css.agree}` },
    h('input', {
      type: 'checkbox',
      id: name,
      checked: state.answer[name],
      'aria-invalid': state.wrong === name ? 'true' : null,
      'aria-describedby': state.wrong === name ? 'error' : null,
      onchange: (event) => set(name, (event.target as HTMLInputElement).checked),
    }),
    h('span', {}, text),
  );

const typed = (name: 'birthDate' | 'identifier' | 'email' | 'memberNumber', label: string, attributes: Record<string, string>) =>
  field({
    id: name,
    label,
    value: state.answer[name],
    wrong: state.wrong === name,
    attributes,
    oninput: (value) => set(name, value),
  });

function insurance(form: Form): Node[] {
  if (form.insurances.length === 0) return [];
  return [
    h('h2', {}, t().form.pays),
    select({
      id: 'insurance',
      label: t().form.insurance,
      value: state.answer.insuranceId,
      options: [['', t().form.noInsurance], ...form.insurances.map((one) => [one.id, one.name] as const)],
      onchange: (value) => {
        set('insuranceId', value);
        redraw();
      },
    }),
    ...(state.answer.insuranceId ? [typed('memberNumber', t().form.memberNumber, { maxlength: '40', autocomplete: 'off' })] : []),
  ];
}

/** What a patient is asked so that their card is complete. */
export function formStep(): Node[] {
  const form = state.form;
  if (!form) return [];
  const texts = form.consents.find((one) => one.language === state.language);
  return [
    heading(t().form.title),
    h('p', { class: css.welcome }, t().form.intro),
    h(
      'form',
      {
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          void send();
        },
      },
      h('h2', {}, t().form.who),
      names(),
      typed('birthDate', t().form.birthDate, { type: 'date', autocomplete: 'bday' }),
      h(
        'div',
        { class: css.paper },
        select({
          id: 'identifier-kind',
          label: t().form.identifierKind,
          value: state.answer.identifierKind,
          options: kinds.map((kind) => [kind, t().form.kinds[kind]] as const),
          onchange: (value) => set('identifierKind', value),
        }),
        typed('identifier', t().form.identifier, { maxlength: '40', autocomplete: 'off' }),
      ),
      typed('email', t().form.email, { type: 'email', autocomplete: 'email', maxlength: '254' }),
      ...insurance(form),
      h(
        'fieldset',
        { class: css.options },
        h('legend', {}, t().form.agree),
        agree('data', texts?.data ?? ''),
        agree('care', texts?.care ?? ''),
        agree('marketing', texts?.marketing ?? ''),
      ),
      error(),
      h('button', { type: 'submit', class: css.primary, 'aria-disabled': state.busy ? 'true' : null }, t().form.send),
    ),
  ];
}

export function thanksStep(): Node[] {
  return [heading(t().form.thanks), h('p', { class: css.empty, role: 'status' }, t().form.thanksText)];
}
