import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import clsx from 'clsx';
import { useRef, useState } from 'react';
import { importFlow, importFlowBundle } from '../../api/flows';
import { type FlowBundle, type FlowImport, type FlowImportInput, type FlowLanguage, flowLanguages } from '../../api/flowTypes';
import { Intention } from '../../api/intention';
import { keys } from '../../api/keys';
import { useClinic, useWords } from '../../app/clinic';
import { to } from '../../app/paths';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { FormError } from '../../ui/FormError';
import forms from '../../ui/forms.module.css';
import layout from '../../ui/layout.module.css';
import typography from '../../ui/typography.module.css';
import { sentence } from './stepWords';

const isBundle = (read: unknown): read is FlowBundle =>
  typeof read === 'object' && read !== null && 'format' in read && String(read.format).startsWith('recado-flow/');

/** A flow of another clinic, or an older bot's menus, from a file: what they would become is shown first, and only then kept, as a draft. */
export function ImportFlow({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const clinic = useClinic();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [language, setLanguage] = useState<FlowLanguage>('es');
  const [collections, setCollections] = useState<unknown>(null);
  const [unread, setUnread] = useState(false);
  // What Recado exported says so itself; everything else is an older bot's.
  const bundle = isBundle(collections) ? collections : null;
  const intention = useRef(new Intention());
  const running = useMutation({
    mutationFn: (body: FlowImportInput) =>
      intention.current.carryOut(body, (key) =>
        bundle
          ? importFlowBundle(clinic.id, { bundle: { ...bundle, name: body.name }, dryRun: body.dryRun }, key)
          : importFlow(clinic.id, body, key),
      ),
    onSuccess: (answer: FlowImport) => {
      if (!answer.flow) return;
      void client.invalidateQueries({ queryKey: keys.of(clinic.id, 'flows') });
      onClose();
      void navigate(to.flow(clinic.alias, answer.flow.id));
    },
  });
  const read = async (file: File | undefined) => {
    running.reset();
    setCollections(null);
    setUnread(false);
    if (!file) return;
    try {
      const read: unknown = JSON.parse(await file.text());
      setCollections(read);
      if (isBundle(read)) setName((now) => now || read.name);
    } catch {
      setUnread(true);
    }
  };
  const body = (dryRun: boolean): FlowImportInput => ({
    name: name.trim(),
    language,
    // As the file has them: the server says what is wrong with them.
    collections: collections as FlowImportInput['collections'],
    dryRun,
  });
  const incomplete = name.trim() === '' || collections === null || running.isPending;
  const tried = running.data && !running.data.flow ? running.data : null;
  return (
    <form
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        running.mutate(body(tried === null));
      }}
    >
      <p className={typography.small}>{t('flows.importHint')}</p>
      <TextField
        label={t('flows.name')}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
        data-testid="import-name"
      />
      {!bundle && (
        <SelectField
          label={t('flows.importLanguage')}
          value={language}
          onChange={(event) => {
            running.reset();
            setLanguage(event.target.value as FlowLanguage);
          }}
        >
          {flowLanguages.map((one) => (
            <option key={one} value={one}>
              {t(`flows.language.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      <TextField
        label={t('flows.importFile')}
        type="file"
        accept="application/json,.json"
        error={unread ? t('flows.importUnread') : undefined}
        onChange={(event) => void read(event.target.files?.[0])}
        data-testid="import-file"
      />
      {tried && (
        <div role="status" data-testid="import-tried">
          <p>{t('flows.importWouldBe', { count: tried.document.nodes.length })}</p>
          <ul className={clsx(typography.small, typography.muted)}>
            {tried.remarks.map((remark) => (
              <li key={remark.code + remark.about}>{t(`flows.remark.${remark.code}`, { about: remark.about })}</li>
            ))}
            {tried.faults
              .filter((fault) => !fault.warning)
              .map((fault) => (
                <li key={[fault.code, fault.node, fault.field, fault.language].join('/')}>{sentence(fault, t)}</li>
              ))}
          </ul>
        </div>
      )}
      <FormError error={running.error} />
      <div className={clsx(layout.row, layout.wrap, forms.actions)}>
        <Button type="submit" kind="primary" disabled={incomplete} data-testid="import-run">
          {t(tried ? 'flows.importKeep' : 'flows.importTry')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
