/** Whether what is on the screen is alive: a word in the header, a banner when it is not. */
import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useLink, useNow } from '../../api/hooks';
import { live } from '../../api/live';
import { Icon } from '../../components/Icon';
import { shell as texts } from '../../lib/texts/shell';

export function ConnectionState() {
  const state = useLink();
  const now = useNow();
  const isLost = state === 'lost';
  const words = isLost ? texts.link.lost(Math.round((now - live.heardAt) / 1000)) : texts.link[state];
  return (
    <Text size="xs" role="status" className="te-link" data-state={state} title={words}>
      <span aria-hidden="true" className="te-dot" />
      <Text span inherit visibleFrom="md">{words}</Text>
    </Text>
  );
}

export function LostBanner() {
  const state = useLink();
  const now = useNow();
  useEffect(() => live.onReturn(() => notifications.show({ message: texts.back, color: 'gray' })), []);
  if (state !== 'lost') return null;
  return (
    <div className="te-lost" role="alert">
      <Icon name="refresh" /><Text size="sm">{texts.lostBanner(Math.round((now - live.heardAt) / 1000))}</Text>
    </div>
  );
}
