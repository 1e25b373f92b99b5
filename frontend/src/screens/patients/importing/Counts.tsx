import { useWords } from '../../../app/clinic';
import styles from './ImportPage.module.css';

/** Numbers under which one word stands each. */
export function Counts({ items }: { items: readonly { word: string; count: number; alarming?: boolean }[] }) {
  const { language } = useWords();
  const number = new Intl.NumberFormat(language);
  return (
    <dl className={styles.counts} data-testid="import-counts">
      {items.map((item) => (
        <div key={item.word} data-alarming={(item.alarming && item.count > 0) || undefined}>
          <dd>{number.format(item.count)}</dd>
          <dt>{item.word}</dt>
        </div>
      ))}
    </dl>
  );
}
