/** Widgets of rows: an asset's tags, and alarms. */
import { ScrollArea, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alertPage, byUrgency, openAlertsQuery } from '../../../api/alerts';
import { assetsQuery } from '../../../api/assets';
import { useNow } from '../../../api/hooks';
import { Severity } from '../../../components/Severity';
import { LiveValue, QualityAndAge } from '../../../components/Value';
import { formatAge } from '../../../lib/format';
import { dashboards as texts } from '../../../lib/texts/dashboards';
import { assetOf } from '../grid';
import type { BodyProps } from './data';

const RESOLVED_MS = 10_000;

export function TagTable({ widget, chosen }: BodyProps) {
  const { options, title } = widget;
  const assets = useQuery(assetsQuery);
  const id = assetOf(options.asset_id ?? '', chosen);
  if (!id) return <Text size="sm" c="dimmed">{texts.pick}</Text>;
  const only = options.tag_names ?? [];
  const tags = (assets.data?.find((one) => one.id === id)?.tags ?? []).filter((tag) => only.length === 0 || only.includes(tag.tag_name));
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title || id }}>
      <Table verticalSpacing={4} fz="sm">
        <Table.Tbody>
          {tags.map((tag) => {
            const pen = { asset_id: id, tag_name: tag.tag_name };
            return (
              <Table.Tr key={tag.tag_name}>
                <Table.Td className="te-wrap">{tag.tag_name}</Table.Td>
                <Table.Td ta="right"><LiveValue pen={pen} unit={tag.unit} /></Table.Td>
                <Table.Td><Text span size="xs" c="dimmed"><QualityAndAge pen={pen} /></Text></Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}

export function AlertList({ widget, chosen }: BodyProps) {
  const { options, title } = widget;
  const statuses = options.statuses ?? [];
  const wantsResolved = statuses.length === 0 || statuses.includes('resolved');
  const open = useQuery(openAlertsQuery);
  const past = useQuery({
    queryKey: ['alerts', 'widget', 'resolved'], enabled: wantsResolved, refetchInterval: RESOLVED_MS,
    queryFn: ({ signal }) => alertPage({ status: 'resolved' }, 1, signal),
  });
  const now = useNow();
  const asset = options.asset_id ? assetOf(options.asset_id, chosen) : null;
  const severities = options.severities ?? [];
  const rows = [...(open.data?.alerts ?? []).sort(byUrgency), ...(wantsResolved ? (past.data?.data ?? []) : [])]
    .filter((alert) => (asset === null || alert.asset_id === asset) && (severities.length === 0 || severities.includes(alert.severity)) && (statuses.length === 0 || statuses.includes(alert.status)))
    .slice(0, options.limit ?? 20);
  if (rows.length === 0) return <Text size="sm" c="dimmed">{texts.noAlerts}</Text>;
  return (
    <ScrollArea h="100%" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': title || texts.types.alert_list }}>
      {rows.map((alert) => (
        <Link key={alert.id} to="/alarms" search={{ alert: alert.id, view: 'all' } as never} className="te-alert-line" data-quiet={alert.status !== 'active' || undefined}>
          <Severity level={alert.severity} withWord={false} />
          <Text span size="sm" className="te-wrap" style={{ flex: 1 }}>{alert.message}</Text>
          <Text span size="xs" c="dimmed" className="te-value">{formatAge((now - Date.parse(alert.triggered_at)) / 1000)}</Text>
        </Link>
      ))}
    </ScrollArea>
  );
}
