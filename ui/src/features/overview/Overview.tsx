import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { activeAlertsQuery, type OpenAlert } from '../../api/alerts';
import { assetsQuery, type Asset } from '../../api/assets';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { Severity } from '../../components/Severity';
import { LiveValue } from '../../components/Value';
import { overview as texts } from '../../lib/texts/overview';

const RANK = { critical: 0, warning: 1, info: 2 } as const;
const TAGS_SHOWN = 3;

export function Overview() {
  const assets = useQuery(assetsQuery);
  const alerts = useQuery(activeAlertsQuery);
  if (assets.isPending) return <Waiting />;
  if (assets.isError) return <Failure error={assets.error} onRetry={() => void assets.refetch()} />;
  const worst = new Map<string, OpenAlert>();
  for (const alert of alerts.data?.data ?? []) {
    if (alert.asset_id === null) continue;
    const before = worst.get(alert.asset_id);
    if (!before || RANK[alert.severity] < RANK[before.severity]) worst.set(alert.asset_id, alert);
  }
  const rank = (asset: Asset) => {
    const alert = worst.get(asset.id);
    return alert ? RANK[alert.severity] : 3;
  };
  const sorted = [...assets.data].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return (
    <Page title={texts.title}>
      {sorted.length === 0 ? (
        <Empty title={texts.emptyTitle}>
          <Text>{texts.emptyLead}</Text>
          <Button component={Link} to="/sources/new">{texts.addSource}</Button>
          <Text size="sm" c="dimmed">{texts.demo} <code>twinedge demo</code></Text>
        </Empty>
      ) : (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="sm">
          {sorted.map((asset) => <Tile key={asset.id} asset={asset} alert={worst.get(asset.id)} />)}
        </SimpleGrid>
      )}
    </Page>
  );
}

function Tile({ asset, alert }: { asset: Asset; alert: OpenAlert | undefined }) {
  return (
    <Link
      to="/assets/$assetId"
      params={{ assetId: asset.id }}
      className="te-panel te-tile"
      style={alert ? { borderLeft: `4px solid var(--te-${alert.severity})` } : undefined}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text fw={600} className="te-wrap">{asset.name}</Text>
        {asset.type && <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>{asset.type}</Text>}
      </Group>
      {alert && <Text size="sm" mt={4}><Severity level={alert.severity} /> {alert.rule_name}</Text>}
      <Stack gap={2} mt="xs">
        {asset.tags.filter((tag) => tag.kind !== 'text').slice(0, TAGS_SHOWN).map((tag) => (
          <Group key={tag.tag_name} justify="space-between" wrap="nowrap" gap="xs">
            <Text size="sm" c="dimmed" truncate>{tag.tag_name}</Text>
            <Text size="sm" span><LiveValue pen={{ asset_id: asset.id, tag_name: tag.tag_name }} unit={tag.unit} /></Text>
          </Group>
        ))}
      </Stack>
    </Link>
  );
}
