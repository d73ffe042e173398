/** The log of messages: what went where, how often tried, what the other side said. */
import { Button, Group, Select, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { send } from '../../api/client';
import { channelsQuery, deliveriesQuery } from '../../api/notifications';
import { Waiting } from '../../components/Feedback';
import { formatMoment } from '../../lib/format';
import { settings as texts } from '../../lib/texts/settings';
import { Section } from './Section';

export function Deliveries() {
  const client = useQueryClient();
  const channels = useQuery(channelsQuery);
  const [status, setStatus] = useState<string | null>(null);
  const [channel, setChannel] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const [error, setError] = useState<Error | null>(null);
  const log = useQuery(deliveriesQuery({ ...(status ? { status } : {}), ...(channel ? { channel_id: channel } : {}) }, page));
  const retry = async (id: string) => {
    try {
      setError(null);
      await send('POST', `/v1/notification-deliveries/${encodeURIComponent(id)}/retry`);
    } catch (fault) {
      setError(fault as Error);
    }
    await client.invalidateQueries({ queryKey: ['deliveries'] });
  };
  const clear = { clearable: true, clearButtonProps: { 'aria-label': texts.clear }, size: 'xs' as const, placeholder: texts.any };
  const total = log.data?.meta.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / (log.data?.meta.per_page ?? 50)));
  return (
    <Section title={texts.deliveries} lead={texts.deliveriesLead} error={error ?? log.error}>
      <Group>
        <Select {...clear} label={texts.status} data={Object.entries(texts.statuses).map(([value, label]) => ({ value, label }))} value={status} onChange={(next) => { setStatus(next); setPage(1); }} />
        <Select {...clear} label={texts.channel} data={(channels.data ?? []).map((one) => ({ value: one.id, label: one.name }))} value={channel} onChange={(next) => { setChannel(next); setPage(1); }} />
      </Group>
      {log.isPending ? <Waiting /> : total === 0 ? <Text size="sm" c="dimmed">{texts.noDeliveries}</Text> : (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.deliveries}>
          <Table miw={760}>
            <Table.Thead><Table.Tr>{[texts.time, texts.channel, texts.status, texts.message].map((head) => <Table.Th key={head}>{head}</Table.Th>)}<Table.Th><span className="te-hidden">{texts.retry}</span></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {(log.data?.data ?? []).map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td className="te-value">{formatMoment(Date.parse(one.created_at))}</Table.Td>
                  <Table.Td className="te-wrap">{one.channel}</Table.Td>
                  <Table.Td style={one.status === 'failed' ? { color: 'var(--te-warning)', fontWeight: 600 } : undefined}>{one.status === 'failed' && '▲ '}{texts.statuses[one.status]}<Text size="xs" c="dimmed">{texts.tries(one.attempts.length)}</Text></Table.Td>
                  <Table.Td className="te-wrap">
                    {one.alert_id ? <Link className="te-go" to="/alarms" search={{ alert: one.alert_id, view: 'all' } as never}>{one.title}</Link> : <Text size="sm">{one.title}</Text>}
                    <Text size="xs" c="dimmed">{one.detail ?? one.attempts.at(-1)?.detail}</Text>
                  </Table.Td>
                  <Table.Td>{one.status === 'failed' && <Button size="compact-sm" variant="default" onClick={() => void retry(one.id)}>{texts.retry}</Button>}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {pages > 1 && (
        <Group>
          <Button size="xs" variant="default" disabled={page === 1} onClick={() => setPage(page - 1)}>{texts.later}</Button>
          <Text size="sm">{texts.page(page, pages)}</Text>
          <Button size="xs" variant="default" disabled={page >= pages} onClick={() => setPage(page + 1)}>{texts.earlier}</Button>
        </Group>
      )}
    </Section>
  );
}
