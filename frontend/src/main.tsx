import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { boot } from './app/boot';
import { Providers } from './app/Providers';
import { startTexts } from './i18n';

const root = createRoot(document.getElementById('root') as HTMLElement);

void Promise.all([boot(), startTexts()]).then(([view]) => {
  root.render(
    <StrictMode>
      <Providers>{view}</Providers>
    </StrictMode>,
  );
});
