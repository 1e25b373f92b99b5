import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../api/types';

export const languages: readonly Language[] = ['es', 'en', 'pt-BR'];
export const languageNames: Record<Language, string> = { es: 'Español', en: 'English', 'pt-BR': 'Português' };

const STORED = 'recado.language';
const texts = {
  es: () => import('./es/index.ts'),
  en: () => import('./en/index.ts'),
  'pt-BR': () => import('./pt-BR/index.ts'),
} as const;

/** The person's choice, else the browser's language, else Spanish. */
export function preferredLanguage(): Language {
  const wished = [readChoice(), ...navigator.languages];
  for (const wish of wished) {
    if (!wish) continue;
    if (wish.startsWith('pt')) return 'pt-BR';
    if (wish.startsWith('en')) return 'en';
    if (wish.startsWith('es')) return 'es';
  }
  return 'es';
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await texts[language]()).default);
}

export async function startTexts(language: Language = preferredLanguage()): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  } as Parameters<typeof i18next.init>[0]);
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that keeps nothing still speaks the language until the page is closed.
  }
}
