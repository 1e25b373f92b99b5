/** Flows as the console edits them, told apart by their kind. What nobody said yet is empty, nothing is left out. */
export const flowLanguages = ['es', 'en', 'pt-BR'] as const;
export type FlowLanguage = (typeof flowLanguages)[number];
export interface FlowTexts {
  es: string;
  en: string;
  pt: string;
}
export const noTexts: FlowTexts = { es: '', en: '', pt: '' };
export interface FlowOption {
  id: string;
  label: FlowTexts;
  words: string[];
  next: string;
}
export const answerTypes = ['text', 'date', 'number', 'identifier', 'phone', 'choice', 'media'] as const;
export const flowTests = ['open', 'patient-known', 'has-visit', 'language', 'answer', 'tag', 'insurance'] as const;
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
] as const;
export const flowDetails = ['email', 'birth-date', 'given-name', 'family-name'] as const;
export const triggerKinds = ['keyword', 'first-message', 'outside-hours', 'everything-else'] as const;
export const nodeKinds = ['message', 'menu', 'question', 'condition', 'action', 'hand-over', 'jump', 'end'] as const;
export type NodeKind = (typeof nodeKinds)[number];
export type FlowNode =
  | { kind: 'message'; id: string; text: FlowTexts; next: string }
  | { kind: 'menu'; id: string; text: FlowTexts; options: FlowOption[] }
  | {
      kind: 'question';
      id: string;
      text: FlowTexts;
      answer: (typeof answerTypes)[number];
      name: string;
      choices: { id: string; label: FlowTexts }[];
      invalid: FlowTexts;
      next: string;
    }
  | {
      kind: 'condition';
      id: string;
      test: (typeof flowTests)[number];
      value: string;
      name: string;
      yes: string;
      no: string;
    }
  | {
      kind: 'action';
      id: string;
      action: (typeof flowActions)[number];
      text: FlowTexts;
      healthcareServiceIds: string[];
      locationIds: string[];
      files: { mediaId: string; name: string }[];
      details: { detail: (typeof flowDetails)[number]; answer: string }[];
      next: string;
      otherwise: string;
    }
  | { kind: 'hand-over'; id: string; text: FlowTexts }
  | { kind: 'jump'; id: string; target: string }
  | { kind: 'end'; id: string; text: FlowTexts };
export interface FlowTrigger {
  on: (typeof triggerKinds)[number];
  words: string[];
}
export interface FlowDocument {
  languages: FlowLanguage[];
  triggers: FlowTrigger[];
  rules: { answerSeconds: number; closeSeconds: number; closing: FlowTexts; retries: number; noticeHours: number };
  start: string;
  nodes: FlowNode[];
}
export interface FlowFault {
  code: string;
  node: string | null;
  field: string | null;
  language: FlowLanguage | null;
  warning: boolean;
}
export interface Flow {
  id: string;
  name: string;
  state: 'active' | 'archived';
  publishedVersion: number | null;
  publishedAt: string | null;
  publishedBy: string | null;
  draft: FlowDocument | null;
  published: FlowDocument | null;
  faults: FlowFault[];
  updatedAt: string;
  updatedBy: string;
  version: number;
}
export interface FlowInput {
  name: string;
  document: FlowDocument;
}
export interface FlowStep {
  kind: string;
  node: string | null;
  cause: string | null;
}
export interface FlowTurn {
  said: {
    text: string;
    buttons: { id: string; title: string }[];
    place: { name: string; address: string | null; latitude: number; longitude: number } | null;
    file: { mediaId: string; name: string } | null;
  }[];
  steps: FlowStep[];
  /** For nobody to read: it goes back with the next words. */
  state: string | null;
  ending: string | null;
}
export interface FlowTrial {
  document: FlowDocument;
  state: string | null;
  text: string | null;
  choiceId: string | null;
  patientId: string | null;
  language: FlowLanguage | null;
  /** When it is tried; null for now. */
  at: string | null;
}
/** How many people pass which step and where they stop. */
export interface FlowFigures {
  days: number;
  sessions: number;
  completed: number;
  nodes: FlowNodeFigures[];
}
export interface FlowNodeFigures {
  node: string;
  reached: number;
  unanswered: number;
  notUnderstood: number;
  ways: { way: string; to: string; sessions: number }[];
}
/** A flow on its way between clinics. */
export interface FlowBundle {
  format: string;
  name: string;
  document: FlowDocument;
  references: { kind: string; id: string; name: string }[];
}
export interface FlowSession {
  id: string;
  flowId: string;
  flowName: string;
  flowVersion: number;
  startedAt: string;
  endedAt: string | null;
  ending: string | null;
  steps: (FlowStep & { inboundId: string | null; at: string })[];
}
export interface FlowImportInput {
  name: string;
  language: FlowLanguage;
  /** As the file has them; the server says what is wrong with them. */
  collections: unknown;
  dryRun: boolean;
}
export interface FlowImport {
  document: FlowDocument;
  remarks: { code: string; about: string }[];
  faults: FlowFault[];
  /** Null after a dry run. */
  flow: Flow | null;
}
export interface FlowVersion {
  number: number;
  publishedAt: string;
  publishedBy: string;
  document: FlowDocument;
}
