/** The page is small: elements are made by hand, so that nothing but these few lines stands between it and the browser. */
type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

/** An element with attributes (`onclick` and the like are listeners) and children; what is false or null is left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

const strokes = {
  check: '<path d="M5 12l5 5l10 -10"/>',
  chevron: '<path d="M9 6l6 6l-6 6"/>',
  clock: '<path d="M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0"/><path d="M12 12l3 2"/><path d="M12 7v5"/>',
  pin: '<path d="M9 11a3 3 0 1 0 6 0a3 3 0 0 0 -6 0"/><path d="M17.657 16.657l-4.243 4.243a2 2 0 0 1 -2.827 0l-4.244 -4.243a8 8 0 1 1 11.314 0"/>',
  phone: '<path d="M5 4h4l2 5l-2.5 1.5a11 11 0 0 0 5 5l1.5 -2.5l5 2v4a2 2 0 0 1 -2 2a16 16 0 0 1 -15 -15a2 2 0 0 1 2 -2"/>',
  calendar:
    '<path d="M12.5 21h-6.5a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2h12a2 2 0 0 1 2 2v5"/><path d="M16 3v4"/><path d="M8 3v4"/><path d="M4 11h16"/><path d="M16 19h6"/><path d="M19 16v6"/>',
} as const;

export function icon(name: keyof typeof strokes): Element {
  const holder = document.createElement('template');
  holder.innerHTML = `<svg width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${strokes[name]}</svg>`;
  return holder.content.firstElementChild as Element;
}

export function mark(): Element {
  const holder = document.createElement('template');
  holder.innerHTML =
    '<svg width="18" height="18" viewBox="0 0 32 32" aria-hidden="true"><path fill="var(--accent)" d="M4 3h24a1.5 1.5 0 0 1 1.5 1.5v17.5H20v0H4A1.5 1.5 0 0 1 2.500 20.500v-16A1.5 1.5 0 0 1 4 3z"/><path fill="var(--mark-tail)" d="M29.500 22H20v8.200a.6.6 0 0 0 1 .43z"/><path stroke="#FFFDFB" stroke-width="2" fill="none" d="M9 3v19"/><path stroke="#FFFDFB" stroke-width="2" stroke-linecap="round" fill="none" d="M13.500 9.500h11M13.500 15h7"/></svg>';
  return holder.content.firstElementChild as Element;
}
