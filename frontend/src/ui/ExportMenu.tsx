import { Menu } from '@mantine/core';
import { IconTableExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { sentenceFor } from '../api/problems';
import { useWords } from '../app/clinic';
import { Button } from './Button';
import { Icon } from './Icon';
import { failed } from './notices';
import { saveFile } from './saveFile';

export type TableFormat = 'xlsx' | 'csv';

/** Saves a table as a workbook or as text. */
export function ExportMenu(props: { label: string; name: string; fetch: (format: TableFormat) => Promise<Blob>; testId: string }) {
  const { t } = useWords();
  const exporting = useMutation({
    mutationFn: async (format: TableFormat) => ({ file: await props.fetch(format), format }),
    onSuccess: ({ file, format }) => saveFile(file, `${props.name}.${format}`),
    onError: (error) => failed(sentenceFor(error, t), t('action.close')),
  });
  return (
    <Menu position="bottom-end" width={190} withinPortal>
      <Menu.Target>
        <Button iconOnPhone disabled={exporting.isPending} data-testid={props.testId}>
          <Icon of={IconTableExport} />
          <span>{props.label}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => exporting.mutate('xlsx')}>{t('exporting.xlsx')}</Menu.Item>
        <Menu.Item onClick={() => exporting.mutate('csv')}>{t('exporting.csv')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
