/** Earlier versions of a dashboard, and the way back to one. */
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get, send, type Page } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { formatTime } from '../../lib/format';
import { dashboards as texts } from '../../lib/texts/dashboards';
import type { Content, Dashboard } from './grid';
import { BoardPicture } from './Picture';

interface Version extends Content { version: number; saved_at: string; saved_by: string }

export function Versions({ dashboard, onRestored, onClose }: { dashboard: Dashboard; onRestored: (version: number) => void; onClose: () => void }) {
  const [error, setError] = useState<Error | null>(null);
  const path = `/v1/dashboards/${encodeURIComponent(dashboard.id)}/versions`;
  const found = useQuery({ queryKey: ['dashboards', dashboard.id, 'versions'], queryFn: ({ signal }) => get<Page<Version>>(path, { per_page: 50 }, signal) });
  const restore = async (version: number) => {
    try {
      await send('POST', `${path}/${version}/restore`, undefined, dashboard.version);
      onRestored(version);
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={texts.versions} size="lg" onClose={onClose}>
      {error && <Failure error={error} />}
      {found.isPending ? <Waiting /> : found.isError ? <Failure error={found.error} /> : (
        <ul className="te-list">
          {found.data.data.map((one) => (
            <li key={one.version}>
              <div style={{ width: 120, flex: 'none' }}><BoardPicture widgets={one.layout.widgets} columns={one.layout.columns} /></div>
              <div className="te-list-main">
                <Text fw={600}>{texts.versionOf(one.version)} {one.version === dashboard.version && <Text span size="sm" c="dimmed">{texts.current}</Text>}</Text>
                <Text size="sm" className="te-wrap">{one.name} · {texts.widgets(one.layout.widgets.length)}</Text>
                <Text size="xs" c="dimmed">{formatTime(Date.parse(one.saved_at))} {texts.savedBy(one.saved_by)}</Text>
              </div>
              {one.version !== dashboard.version && <Group><Button size="xs" variant="default" onClick={() => void restore(one.version)}>{texts.restore}</Button></Group>}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
