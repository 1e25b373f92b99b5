import { Notifications } from '@mantine/notifications';

/** The place of notices; its code comes with the first of them. */
export const NoticePlace = (_: { shown: boolean }) => <Notifications position="bottom-center" limit={3} />;
