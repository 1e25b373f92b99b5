import { expect, test } from 'vitest';
import { causeWord, lookedWords } from './assistantWords';

const t = (key: string, values?: Record<string, unknown>) => [`«${key}»`, values?.status].filter(Boolean).join(' ');

test('a cause is said in words, and not at all where the outcome says it', () => {
  expect(causeWord({ cause: 'unknown-price' }, t)).toBe('«assistant.causes.unknown-price»');
  expect(causeWord({ cause: 'rules' }, t)).toBeNull();
  expect(causeWord({ cause: null }, t)).toBeNull();
});

test('what a server answered is said as what to do about it', () => {
  expect(causeWord({ cause: 'status-401' }, t)).toBe('«assistant.causes.key»');
  expect(causeWord({ cause: 'status-429' }, t)).toBe('«assistant.causes.busy»');
  expect(causeWord({ cause: 'status-500' }, t)).toBe('«assistant.causes.status» 500');
});

test('looks at the agenda are said once each, and calls that ended the turn not at all', () => {
  expect(lookedWords({ tools: ['free_times:found', 'free_times:found', 'propose_move:not-free', 'propose_move:taken'] }, t)).toEqual([
    '«assistant.looked.found»',
    '«assistant.looked.not-free»',
  ]);
  expect(lookedWords({ tools: ['moderation:passed', 'free_times:found'] }, t)).toEqual(['«assistant.looked.found»']);
  expect(lookedWords({ tools: ['moderation:failed'] }, t)).toEqual(['«assistant.looked.unjudged»']);
  expect(lookedWords({ tools: ['unknown:unknown-tool', 'free_times:days-unreadable'] }, t)).toEqual(['«assistant.looked.wrong»']);
});
