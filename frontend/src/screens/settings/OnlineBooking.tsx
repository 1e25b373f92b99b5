import { useQuery, useQueryClient } from '@tanstack/react-query';
import clsx from 'clsx';
import { QRCodeSVG } from 'qrcode.react';
import { replaceBookingPage } from '../../api/actions';
import { servicesQuery } from '../../api/agendaQueries';
import { fieldSentences, isStale } from '../../api/problems';
import { bookingPageQuery } from '../../api/queries';
import type { BookingPage, BookingPageInput, HealthcareService } from '../../api/types';
import { useClinic, useWords } from '../../app/clinic';
import { Button } from '../../ui/Button';
import { Conflict } from '../../ui/Conflict';
import { CopyLine } from '../../ui/CopyLine';
import { Check, SelectField, TextArea, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import fields from '../../ui/fields.module.css';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import { currenciesFor, minorOf, typedOf } from '../../ui/money';
import { done } from '../../ui/notices';
import { LoadError, Skeleton } from '../../ui/Page';
import typography from '../../ui/typography.module.css';
import { useSavedDraft } from '../../ui/useSavedDraft';
import settings from './settings.module.css';

const notices = [0, 60, 120, 240, 720, 1440, 2880];
const horizons = [7, 14, 30, 60, 90, 180, 365];
const changes = [0, 120, 240, 720, 1440, 2880];

/** How the clinic takes bookings from its page. */
export function OnlineBooking() {
  const { t } = useWords();
  const clinic = useClinic();
  const page = useQuery(bookingPageQuery(clinic.id));
  const services = useQuery(servicesQuery(clinic.id));
  if (page.isPending || services.isPending) return <Skeleton rows={6} tall />;
  const failed = page.isLoadingError ? page : services.isLoadingError ? services : null;
  if (failed) return <LoadError error={failed.error} title={t('booking.error')} retry={() => void failed.refetch()} />;
  return <Form page={page.data as BookingPage} services={(services.data ?? []).filter((one) => one.active)} />;
}

/** Flat, so that drafts compare by their values: the services' ids stand in one text, in their order. */
type Draft = Omit<BookingPageInput, 'welcome' | 'phone' | 'address' | 'serviceIds' | 'deposit'> & {
  welcome: string;
  phone: string;
  address: string;
  services: string;
  asksDeposit: boolean;
  depositLink: string;
  depositAmount: string;
  depositCurrency: string;
  depositHours: number;
};

const textOf = (ids: readonly string[]) => [...ids].sort().join(' ');
const idsOf = (text: string) => text.split(' ').filter(Boolean);

const draftOf = (page: BookingPage): Draft => ({
  enabled: page.enabled,
  byHand: page.byHand,
  noticeMinutes: page.noticeMinutes,
  horizonDays: page.horizonDays,
  changeNoticeMinutes: page.changeNoticeMinutes,
  welcome: page.welcome ?? '',
  phone: page.phone ?? '',
  address: page.address ?? '',
  services: textOf(page.serviceIds),
  asksDeposit: page.deposit !== null,
  depositLink: page.deposit?.link ?? '',
  depositAmount: page.deposit ? typedOf(page.deposit) : '',
  depositCurrency: page.deposit?.currency ?? '',
  depositHours: page.deposit?.hours ?? 24,
});
const inputOf = (
  { services, asksDeposit, depositLink, depositAmount, depositCurrency, depositHours, ...draft }: Draft,
  currency: string,
): BookingPageInput => ({
  ...draft,
  deposit: asksDeposit
    ? {
        link: depositLink.trim(),
        amountMinor: minorOf(depositAmount, depositCurrency || currency) ?? 0,
        currency: depositCurrency || currency,
        hours: depositHours,
      }
    : null,
  serviceIds: idsOf(services),
  welcome: draft.welcome.trim() || null,
  phone: draft.phone.trim() || null,
  address: draft.address.trim() || null,
});
const withOwn = (choices: number[], own: number) => [...new Set([...choices, own])].sort((a, b) => a - b);

function Form({ page, services }: { page: BookingPage; services: HealthcareService[] }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const query = bookingPageQuery(clinic.id);
  const currencies = currenciesFor(clinic.country);
  const { base, draft, set, dirty, saving, submit, discard, conflict } = useSavedDraft({
    saved: page,
    draftOf,
    save: (seen, written: Draft) => replaceBookingPage(clinic.id, seen, inputOf(written, currencies[0] ?? 'USD')),
    read: () => client.fetchQuery({ ...query, staleTime: 0 }),
    onSaved: (saved) => {
      client.setQueryData(query.queryKey, saved);
      done(t('booking.saved'), t('action.close'));
    },
  });
  const refused = fieldSentences(saving.error, t);
  const chosen = idsOf(draft.services);
  const minutes = (count: number) => (count === 0 ? t('booking.anyTime') : t('booking.hours', { count: count / 60 }));
  const before = (count: number) => t('booking.hoursBefore', { count: count / 60 });
  const days = (count: number) => t('booking.days', { count });
  const names = (ids: string[]) =>
    services
      .filter((one) => ids.includes(one.id))
      .map((one) => one.name)
      .join(', ');
  const rows: [string, (one: Draft) => string][] = [
    [t('booking.on'), (one) => t(one.enabled ? 'booking.yes' : 'booking.no')],
    [t('booking.how'), (one) => t(one.byHand ? 'booking.byHand' : 'booking.atOnce')],
    [t('booking.services'), (one) => names(idsOf(one.services))],
    [t('booking.notice'), (one) => minutes(one.noticeMinutes)],
    [t('booking.horizon'), (one) => days(one.horizonDays)],
    [t('booking.changeNotice'), (one) => before(one.changeNoticeMinutes)],
    [t('booking.welcome'), (one) => one.welcome],
    [t('booking.phone'), (one) => one.phone],
    [t('booking.where'), (one) => one.address],
    [t('deposits.title'), (one) => (one.asksDeposit ? `${one.depositAmount} ${one.depositCurrency}, ${one.depositLink}` : '')],
  ];
  const theirs = conflict(rows);
  const address = `${window.location.origin}/reservar/${clinic.alias}`;
  return (
    <form
      className={clsx(forms.form, settings.form)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {theirs && <Conflict title={t('booking.conflict')} {...theirs} />}
      <h2>{t('booking.title')}</h2>
      <p className={clsx(typography.small, typography.muted)}>{t('booking.under')}</p>
      <Check
        type="checkbox"
        checked={draft.enabled}
        onChange={(event) => set({ enabled: event.target.checked })}
        label={t('booking.on')}
        hint={t('booking.onHint')}
      />
      {draft.enabled && !base.codesPossible && <p className={typography.small}>{t('booking.noCodes')}</p>}
      <CopyLine label={t('booking.address')} value={address} copied={t('booking.copied')} />
      {base.enabled && (
        <div className={settings.qr}>
          <QRCodeSVG value={address} size={148} marginSize={2} title={t('booking.qr')} />
        </div>
      )}
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('booking.services')}</legend>
        {services.length === 0 && <p className={clsx(typography.small, typography.muted)}>{t('booking.noServices')}</p>}
        {services.map((one) => (
          <Check
            key={one.id}
            type="checkbox"
            checked={chosen.includes(one.id)}
            onChange={(event) =>
              set({ services: textOf(event.target.checked ? [...chosen, one.id] : chosen.filter((id) => id !== one.id)) })
            }
            label={one.name}
            hint={t('book.minutes', { count: one.durationMinutes })}
          />
        ))}
        {refused.serviceIds && (
          <p className={fields.error} role="alert">
            {refused.serviceIds}
          </p>
        )}
      </fieldset>
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('booking.how')}</legend>
        <Check type="radio" name="how" checked={!draft.byHand} onChange={() => set({ byHand: false })} label={t('booking.atOnce')} />
        <Check
          type="radio"
          name="how"
          checked={draft.byHand}
          onChange={() => set({ byHand: true })}
          label={t('booking.byHand')}
          hint={t('booking.byHandHint')}
        />
      </fieldset>
      <div className={forms.columns}>
        <SelectField
          label={t('booking.notice')}
          value={draft.noticeMinutes}
          onChange={(event) => set({ noticeMinutes: Number(event.target.value) })}
        >
          {withOwn(notices, draft.noticeMinutes).map((each) => (
            <option key={each} value={each}>
              {minutes(each)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('booking.horizon')}
          value={draft.horizonDays}
          onChange={(event) => set({ horizonDays: Number(event.target.value) })}
        >
          {withOwn(horizons, draft.horizonDays).map((each) => (
            <option key={each} value={each}>
              {days(each)}
            </option>
          ))}
        </SelectField>
      </div>
      <SelectField
        label={t('booking.changeNotice')}
        value={draft.changeNoticeMinutes}
        onChange={(event) => set({ changeNoticeMinutes: Number(event.target.value) })}
      >
        {withOwn(changes, draft.changeNoticeMinutes).map((each) => (
          <option key={each} value={each}>
            {before(each)}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('booking.welcome')}
        value={draft.welcome}
        maxLength={500}
        rows={3}
        onChange={(event) => set({ welcome: event.target.value })}
      />
      <div className={forms.columns}>
        <TextField
          label={t('booking.phone')}
          value={draft.phone}
          maxLength={60}
          hint={t('booking.phoneHint')}
          error={refused.phone}
          onChange={(event) => set({ phone: event.target.value })}
        />
        <TextField
          label={t('booking.where')}
          value={draft.address}
          maxLength={200}
          onChange={(event) => set({ address: event.target.value })}
        />
      </div>
      <fieldset className={fields.choices}>
        <legend className={fields.label}>{t('deposits.title')}</legend>
        <Check
          type="checkbox"
          checked={draft.asksDeposit}
          onChange={(event) => set({ asksDeposit: event.target.checked })}
          label={t('deposits.ask')}
          hint={t('deposits.askHint')}
          data-testid="asks-deposit"
        />
        {draft.asksDeposit && (
          <>
            <TextField
              label={t('deposits.link')}
              type="url"
              required
              maxLength={500}
              hint={t('deposits.linkHint')}
              value={draft.depositLink}
              error={refused['deposit.link']}
              onChange={(event) => set({ depositLink: event.target.value })}
              data-testid="deposit-link"
            />
            <div className={forms.columns}>
              <TextField
                label={t('deposits.amount')}
                required
                inputMode="decimal"
                value={draft.depositAmount}
                error={refused['deposit.amountMinor']}
                onChange={(event) => set({ depositAmount: event.target.value })}
                data-testid="deposit-amount"
              />
              <SelectField
                label={t('deposits.currency')}
                value={draft.depositCurrency || currencies[0]}
                onChange={(event) => set({ depositCurrency: event.target.value })}
              >
                {[...new Set([...(draft.depositCurrency ? [draft.depositCurrency] : []), ...currencies])].map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </SelectField>
            </div>
            <TextField
              label={t('deposits.hours')}
              type="number"
              min={1}
              max={168}
              value={draft.depositHours || ''}
              error={refused['deposit.hours']}
              onChange={(event) => set({ depositHours: Number(event.target.value) })}
            />
          </>
        )}
      </fieldset>
      {saving.error && !isStale(saving.error) ? <FormError error={saving.error} /> : null}
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={!dirty || saving.isPending}>
          {t('action.save')}
        </Button>
        <Button disabled={!dirty} onClick={discard}>
          {t('action.discard')}
        </Button>
      </div>
    </form>
  );
}
