import clsx from 'clsx';
import type { ConversationEntry } from '../../api/conversations';
import { useWords } from '../../app/clinic';
import typography from '../../ui/typography.module.css';
import { fileOf, useFile } from './Attachment';
import { kindOf, wordsOf } from './names';
import styles from './QuotedEntry.module.css';

/** What an answer is about, in a line: its words, else what it is; of a picture its small image, too. */
export function QuotedEntry({ entry }: { entry: ConversationEntry }) {
  const { t } = useWords();
  const kind = kindOf(entry);
  const words = wordsOf(entry) ?? entry.outbound?.fileName ?? entry.inbound?.attachment?.fileName ?? null;
  return (
    <span className={styles.line}>
      {kind === 'image' && <Thumbnail entry={entry} />}
      {kind && <span className={clsx(typography.strong, styles.kind)}>{t(`inbox.what.${kind}`)}</span>}
      {words && <span className={typography.ellipsis}>{words.length > 140 ? `${words.slice(0, 140)}…` : words}</span>}
    </span>
  );
}

/** The picture is the one in the thread: it is fetched once. */
function Thumbnail({ entry }: { entry: ConversationEntry }) {
  const { address } = useFile(fileOf(entry), true);
  return address ? <img className={styles.thumbnail} src={address} alt="" data-testid="quoted-picture" /> : null;
}
