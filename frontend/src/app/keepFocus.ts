const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/**
 * Keeps the keyboard's place. When the focused element goes away or is switched off, browsers drop the focus to the page's
 * body and whoever works by keyboard starts again from the top. Here it goes to what stood next to it in the nearest
 * surroundings that remain; an element that was only switched off gets it back. Returns how to stop.
 */
export function keepFocus(page: Document): () => void {
  let last: HTMLElement | null = null;
  let around: HTMLElement[] = [];
  let order: HTMLElement[] = [];

  const remember = (event: FocusEvent) => {
    last = event.target instanceof HTMLElement && event.target !== page.body ? event.target : null;
    around = [];
    for (let up = last?.parentElement ?? null; up; up = up.parentElement) around.push(up);
    order = last ? [...page.querySelectorAll<HTMLElement>(FOCUSABLE)] : [];
  };
  const wentAway = (event: PointerEvent) => {
    // A press beside everything gives the focus up on purpose.
    if (event.target instanceof Element && !event.target.closest(FOCUSABLE)) last = null;
  };
  const restore = () => {
    if (!last || (page.activeElement && page.activeElement !== page.body)) return;
    if (last.isConnected) {
      if (!(last as HTMLButtonElement).disabled) last.focus({ preventScroll: true });
      return;
    }
    const place = order.indexOf(last);
    const near = [...order.slice(place + 1), ...order.slice(0, place).reverse()].filter((one) => one.isConnected);
    for (const home of around) {
      // Far from where it was, such as on another page, nothing in particular is next: the reader begins at the content.
      if (home.id === 'main' || home === page.body) break;
      if (!home.isConnected) continue;
      const next =
        near.find((one) => home.contains(one)) ??
        home.querySelector<HTMLElement>(FOCUSABLE) ??
        (home.hasAttribute('tabindex') ? home : null);
      if (next) return next.focus({ preventScroll: true });
    }
    page.getElementById('main')?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(restore);
  observer.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
  page.addEventListener('focusin', remember);
  page.addEventListener('pointerdown', wentAway, { capture: true });
  return () => {
    observer.disconnect();
    page.removeEventListener('focusin', remember);
    page.removeEventListener('pointerdown', wentAway, { capture: true });
  };
}
