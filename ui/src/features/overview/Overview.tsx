/** The plant at a glance: what is abnormal first, everything else grey. */
import { Anchor, Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { activeAlertsQuery, SEVERITIES, type OpenAlert } from '../../api/alerts';
import { assetsQuery, type Asset, type AssetTag } from '../../api/assets';
import { modelsQuery } from '../../api/ml';
import { sourcesQuery } from '../../api/sources';
import { sparksQuery, type Sparks } from '../../api/sparks';
import { penKey } from '../../api/telemetry';
import { FailurePage } from '../../components/FailurePage';
import { Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { Breakable } from '../../components/Breakable';
import { Severity } from '../../components/Severity';
import { Sparkline } from '../../components/Sparkline';
import { Stat } from '../../components/Stat';
import { LiveValue } from '../../components/Value';
import { formatNumber } from '../../lib/format';
import { overview as texts } from '../../lib/texts/overview';
import { DemoBanner, DemoCard } from './DemoPlant';
import { grouped } from './tree';

const TAGS_SHOWN = 3;
const TILES_SHOWN = 60;
const ASK_MS = 10_000;
/** As in theme.css. */
const TILE_PX = 270;
const TILE_GAP_PX = 12;
const shownTags = (asset: Asset): AssetTag[] => asset.tags.filter((tag) => tag.kind === 'number').slice(0, TAGS_SHOWN);

export function Overview() {
  const assets = useQuery(assetsQuery);
  const alerts = useQuery(activeAlertsQuery);
  const [text, setText] = useState('');
  const [type, setType] = useState('');
  const [isAbnormalOnly, setIsAbnormalOnly] = useState(false);
  const [count, setCount] = useState(TILES_SHOWN);
  const { ref, width } = useElementSize();
  const columns = Math.max(1, Math.floor((width + TILE_GAP_PX) / (TILE_PX + TILE_GAP_PX)));
  const words = useDeferredValue(text).toLowerCase().split(/\s+/).filter(Boolean);
  const every = assets.data ?? [];
  const worst = new Map<string, OpenAlert>();
  for (const alert of alerts.data?.data ?? []) {
    if (alert.asset_id === null) continue;
    const before = worst.get(alert.asset_id);
    if (!before || SEVERITIES.indexOf(alert.severity) < SEVERITIES.indexOf(before.severity)) worst.set(alert.asset_id, alert);
  }
  const rank = (asset: Asset) => {
    const alert = worst.get(asset.id);
    return alert ? SEVERITIES.indexOf(alert.severity) : SEVERITIES.length;
  };
  const found = every
    .filter((asset) => {
      const sought = `${asset.id} ${asset.name} ${asset.type ?? ''}`.toLowerCase();
      return words.every((word) => sought.includes(word)) && (type === '' || asset.type === type) && (!isAbnormalOnly || worst.has(asset.id));
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  const shown = found.slice(0, count);
  const pens = shown.flatMap((asset) => shownTags(asset).map((tag) => ({ asset_id: asset.id, tag_name: tag.tag_name })));
  const sparks = useQuery({ ...sparksQuery(pens), placeholderData: keepPreviousData });
  if (assets.isPending) return <Waiting />;
  if (assets.isLoadingError) return <FailurePage error={assets.error} onRetry={() => void assets.refetch()} />;
  if (every.length === 0) return <Page title={texts.title}><FirstSteps /></Page>;
  const types = [...new Set(every.flatMap((asset) => asset.type ?? []))].sort();
  return (
    <Page title={texts.title}>
      <DemoBanner />
      <Figures assets={every} alerts={alerts.data?.data ?? []} />
      <Group gap="sm">
        <TextInput type="search" aria-label={texts.search} placeholder={texts.search} value={text} onChange={(event) => setText(event.currentTarget.value)} w={{ base: '100%', xs: 240 }} />
        {types.length > 1 && (
          <Select aria-label={texts.type} allowDeselect={false} w={170} value={type} onChange={(value) => setType(value ?? '')} data={[{ value: '', label: texts.everyType }, ...types]} />
        )}
        <Checkbox label={texts.abnormalOnly} checked={isAbnormalOnly} onChange={(event) => setIsAbnormalOnly(event.currentTarget.checked)} styles={{ input: { width: 24, height: 24 } }} />
      </Group>
      {found.length === 0 && <Text c="dimmed">{texts.noneFound}</Text>}
      <div className="te-tiles" ref={ref}>
        {grouped(shown, every).map(({ root, assets: members }, _, groups) => (
          <section key={root?.id ?? ''} className="te-tile-group" style={{ gridColumn: root ? `span ${Math.min(members.length, columns)}` : '1 / -1' }}>
            {(root || groups.length > 1) && (
              <Title order={2} size="h5">{root ? <Link to="/assets/$assetId" params={{ assetId: root.id }} className="te-row-link">{root.name}</Link> : texts.others}</Title>
            )}
            {members.map((asset) => <Tile key={asset.id} asset={asset} alert={worst.get(asset.id)} sparks={sparks.data} />)}
          </section>
        ))}
      </div>
      {found.length > count && <Button variant="default" onClick={() => setCount(count + TILES_SHOWN)}>{texts.more(Math.min(found.length - count, TILES_SHOWN))}</Button>}
    </Page>
  );
}

function Figures({ assets, alerts }: { assets: Asset[]; alerts: OpenAlert[] }) {
  const sources = useQuery({ ...sourcesQuery, retry: false });
  const models = useQuery({ ...modelsQuery, refetchInterval: ASK_MS, retry: false });
  const known = (sources.data ?? []).filter((it) => it.enabled);
  const away = known.filter((it) => it.status !== 'connected');
  const rate = known.reduce((sum, it) => sum + it.points_per_second, 0);
  const top = SEVERITIES.find((level) => alerts.some((alert) => alert.severity === level));
  const tags = assets.reduce((sum, asset) => sum + asset.tags.length, 0);
  const deployed = (models.data ?? []).filter((model) => model.status === 'deployed');
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 5 }} spacing="sm">
      <Stat name={texts.alarms} alarm={top} value={alerts.length === 0 ? texts.none : alerts.length}
        note={alerts.length === 0 ? texts.normalNote : SEVERITIES.filter((level) => alerts.some((it) => it.severity === level)).map((level) => (
          <span key={level} style={{ marginRight: 10 }}><Severity level={level} withWord={false} /> {alerts.filter((it) => it.severity === level).length}</span>
        ))} />
      <Stat name={texts.sources} alarm={away.length > 0 ? 'warning' : undefined} value={sources.isSuccess ? texts.of(known.length - away.length, known.length) : '–'}
        note={away.length > 0 ? <span className="te-wrap">▲ {texts.away(away.map((it) => it.name).join(', '))}</span> : known.length > 0 ? texts.allWell : ''} />
      <Stat name={texts.points} value={sources.isSuccess ? formatNumber(rate) : '–'} />
      <Stat name={texts.assets} value={assets.length} note={texts.tags(tags)} />
      <Stat name={texts.models} value={models.isSuccess ? deployed.length : '–'} note={<span className="te-wrap">{[...new Set(deployed.map((it) => it.name))].slice(0, 3).join(', ') || texts.modelsNote}</span>} />
    </SimpleGrid>
  );
}

function Tile({ asset, alert, sparks }: { asset: Asset; alert: OpenAlert | undefined; sparks: Sparks | undefined }) {
  return (
    <Link
      to="/assets/$assetId"
      params={{ assetId: asset.id }}
      className="te-panel te-tile"
      style={alert ? { borderLeft: `4px solid var(--te-${alert.severity})` } : undefined}
    >
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text fw={650} size="sm" className="te-wrap">{asset.name}</Text>
        {asset.type && <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>{asset.type}</Text>}
      </Group>
      {alert && <Text size="sm" mt={4} className="te-wrap"><Severity level={alert.severity} /> {alert.rule_name}</Text>}
      <Stack gap={1} mt={6}>
        {shownTags(asset).map((tag) => {
          const pen = { asset_id: asset.id, tag_name: tag.tag_name };
          return (
            <div key={tag.tag_name} className="te-tile-tag">
              <Text size="xs" c="dimmed" lh={1.15} style={{ overflowWrap: 'break-word' }}><Breakable name={tag.tag_name} /></Text>
              <Sparkline values={sparks?.get(penKey(pen)) ?? []} width={60} height={20} />
              <Text size="sm" span ta="right"><LiveValue pen={pen} unit={tag.unit} /></Text>
            </div>
          );
        })}
      </Stack>
    </Link>
  );
}

function FirstSteps() {
  return (
    <Stack gap="md">
      <div><Title order={2} size="h4">{texts.emptyTitle}</Title><Text c="dimmed">{texts.emptyLead}</Text></div>
      <SimpleGrid cols={{ base: 1, md: 3 }}>
        <Stack className="te-panel" p="lg"><Text fw={650}>{texts.addSource}</Text><Text size="sm" c="dimmed">{texts.addSourceLead}</Text><Button mt="auto" component={Link} to="/sources/new">{texts.addSource}</Button></Stack>
        <DemoCard />
        <Stack className="te-panel" p="lg"><Text fw={650}>{texts.push}</Text><Text size="sm" c="dimmed">{texts.pushLead}</Text><Anchor mt="auto" href="/docs" c="inherit" underline="always">{texts.reference}</Anchor></Stack>
      </SimpleGrid>
    </Stack>
  );
}
