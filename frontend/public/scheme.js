// Before the first paint: the colours this person chose, and whether there is a session whose desk can be drawn already.
(() => {
  const page = document.documentElement;
  try {
    const chosen = localStorage.getItem('mantine-color-scheme-value');
    const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
    page.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
    if (Object.keys(sessionStorage).some((key) => key.startsWith('recado.user:'))) page.setAttribute('data-desk', '');
  } catch {
    // Without storage the page begins light and empty.
  }
})();
