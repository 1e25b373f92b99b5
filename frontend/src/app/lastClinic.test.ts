import { beforeEach, expect, test } from 'vitest';
import type { Me } from '../api/types';
import { homeClinic, rememberClinic } from './lastClinic';

const clinic = (alias: string, role: string) => ({ id: alias, alias, name: alias, roles: [role] });
const helena = { organizations: [clinic('arrayan', 'receptionist'), clinic('sorriso', 'owner')] } as unknown as Me;

beforeEach(() => localStorage.clear());

test('somebody who works in one clinic and owns another begins in their own', () => {
  expect(homeClinic(helena)?.alias).toBe('sorriso');
});

test('the clinic opened last on this device comes first', () => {
  rememberClinic('arrayan');
  expect(homeClinic(helena)?.alias).toBe('arrayan');
});

test('a clinic that is no longer theirs is not opened', () => {
  rememberClinic('mirada');
  expect(homeClinic(helena)?.alias).toBe('sorriso');
});
