import type { components } from './generated';

/** Flows under the console's names (as `types.ts`). What nobody said yet is empty, nothing is left out. */
type Schemas = components['schemas'];

export const flowLanguages = ['es', 'en', 'pt-BR'] as const satisfies readonly Schemas['FlowLanguage'][];
export const noTexts: FlowTexts = { es: '', en: '', pt: '' };
export const answerTypes = [
  'text',
  'date',
  'number',
  'identifier',
  'phone',
  'choice',
  'media',
] as const satisfies readonly Schemas['FlowAnswerType'][];
export const flowTests = [
  'open',
  'patient-known',
  'has-visit',
  'language',
  'answer',
  'tag',
  'insurance',
] as const satisfies readonly Schemas['FlowTest'][];
export const flowActions = [
  'my-visits',
  'confirm',
  'move',
  'cancel',
  'book',
  'join-waitlist',
  'consent',
  'update-data',
  'send-place',
  'send-file',
  'open-ticket',
] as const satisfies readonly Schemas['FlowActionKind'][];
export const flowDetails = ['email', 'birth-date', 'given-name', 'family-name'] as const satisfies readonly Schemas['FlowDetail'][];
export const triggerKinds = [
  'keyword',
  'button',
  'campaign-answer',
  'first-message',
  'outside-hours',
  'everything-else',
] as const satisfies readonly Schemas['FlowTriggerKind'][];
export const nodeKinds = [
  'message',
  'menu',
  'question',
  'condition',
  'action',
  'hand-over',
  'jump',
  'end',
] as const satisfies readonly Schemas['FlowNode']['kind'][];
export type NodeKind = (typeof nodeKinds)[number];
export type FlowLanguage = Schemas['FlowLanguage'];
export type FlowTexts = Schemas['FlowTexts'];
export type FlowOption = Schemas['FlowOption'];
export type FlowNode = Schemas['FlowNode'];
export type FlowTrigger = Schemas['FlowTrigger'];
export type FlowDocument = Schemas['FlowDocument'];
export type FlowFault = Schemas['FlowFault'];
export type Flow = Schemas['Flow'];
export type FlowInput = Schemas['FlowInput'];
export type FlowStep = Schemas['FlowStep'];
export type FlowTurn = Schemas['FlowTrialTurn'];
export type FlowTrial = Schemas['FlowTrialInput'];
export type FlowFigures = Schemas['FlowFigures'];
export type FlowNodeFigures = Schemas['FlowNodeFigures'];
export type FlowBundle = Schemas['FlowBundle'];
export type FlowBundleInput = Schemas['FlowBundleInput'];
export type FlowSession = Schemas['FlowSession'];
export type FlowImportInput = Schemas['FlowImportInput'];
export type FlowImport = Schemas['FlowImport'];
export type FlowVersion = Schemas['FlowVersion'];
