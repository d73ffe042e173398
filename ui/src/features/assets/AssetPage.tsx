/** One asset: its tags now and lately, its alarms, the models that watch it. */
import { Button, Group, SimpleGrid, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { byUrgency, openAlertsQuery, type Alert } from '../../api/alerts';
import { assetQuery, assetsQuery, type Asset, type AssetTag } from '../../api/assets';
import { get, send, type Page as Paged } from '../../api/client';
import { useNow } from '../../api/hooks';
import { modelsQuery } from '../../api/ml';
import { rulesQuery } from '../../api/rules';
import { sourcesQuery } from '../../api/sources';
import { sparksQuery } from '../../api/sparks';
import { curves, penKey } from '../../api/telemetry';
import { Breakable } from '../../components/Breakable';
import { FailurePage, isMissing } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { Severity } from '../../components/Severity';
import { Sparkline } from '../../components/Sparkline';
import { TimeChart } from '../../components/TimeChart';
import { LiveValue, QualityAndAge } from '../../components/Value';
import { formatTime } from '../../lib/format';
import { assets as texts } from '../../lib/texts/assets';
import { EditAsset } from './EditAsset';
import { limitsOf, type Limit } from './limits';

const SPAN_MS = 900_000;
const STEP_MS = 30_000;
const TRENDS = 6;
const TAGS = 40;
const ALARMS = 8;

export function AssetPage() {
  const { assetId } = useParams({ strict: false }) as { assetId: string };
  const asset = useQuery(assetQuery(assetId));
  if (asset.isPending) return <Waiting />;
  if (asset.isLoadingError) return <FailurePage error={asset.error} />;
  if (isMissing(asset.error)) return <FailurePage error={asset.error} />;
  return <One key={assetId} asset={asset.data} />;
}

function One({ asset }: { asset: Asset }) {
  const { id, name, description, tags } = asset;
  const client = useQueryClient();
  const navigate = useNavigate();
  const every = useQuery(assetsQuery);
  const rules = useQuery({ ...rulesQuery, retry: false });
  const [isEditing, setIsEditing] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const parent = every.data?.find((it) => it.id === asset.parent);
  const parts = (every.data ?? []).filter((it) => it.parent === id);
  const pens = tags.filter((tag) => tag.kind === 'number').slice(0, 4).map((tag) => `${id}/${tag.tag_name}`);
  const limits = (tag: string) => limitsOf(rules.data ?? [], id, tag);
  const makeDashboard = async () => {
    try {
      const { data } = await send<{ data: { id: string } }>('POST', '/v1/dashboards/generate', { asset_id: id, name: texts.dashboardName(name) });
      await client.invalidateQueries({ queryKey: ['dashboards'] });
      void navigate({ to: '/dashboards', search: { id: data.id } as never });
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
  };
  return (
    <Page
      title={name}
      actions={
        <>
          <Button variant="default" onClick={() => setIsEditing(true)}>{texts.edit}</Button>
          <Button variant="default" component={Link} to="/rules" search={{ id: 'new', asset: id } as never}>{texts.addRule}</Button>
          <Button variant="default" onClick={() => void makeDashboard()}>{texts.dashboard}</Button>
          <Button component={Link} to="/explorer" search={{ pens } as never}>{texts.explore}</Button>
        </>
      }
    >
      <Text size="sm" c="dimmed" mt={-8} className="te-wrap">
        {[asset.type, id].filter(Boolean).join(' · ')}
        {parent && <> · {texts.partOf} <Link to="/assets/$assetId" params={{ assetId: parent.id }} className="te-row-link">{parent.name}</Link></>}
        {parts.length > 0 && <> · {texts.parts}: {parts.slice(0, 12).map((part, i) => <span key={part.id}>{i > 0 && ', '}<Link to="/assets/$assetId" params={{ assetId: part.id }} className="te-row-link">{part.name}</Link></span>)}</>}
      </Text>
      {description && <Text className="te-wrap">{description}</Text>}
      {error && <Failure error={error} />}
      <div className="te-asset">
        <Stack style={{ minWidth: 0 }}>
          <Tags asset={asset} limits={limits} />
        </Stack>
        <Stack style={{ minWidth: 0 }}>
          <Alarms id={id} />
          <Watching id={id} />
        </Stack>
      </div>
      {tags.some((tag) => tag.kind === 'number') && <Title order={2} size="h4">{texts.trends}, {texts.last}</Title>}
      <SimpleGrid cols={{ base: 1, md: 2, xl: 3 }} spacing="sm">
        {tags.filter((tag) => tag.kind === 'number').slice(0, TRENDS).map((tag) => <Trend key={tag.tag_name} assetId={id} tag={tag} limits={limits(tag.tag_name)} />)}
      </SimpleGrid>
      {isEditing && <EditAsset asset={asset} onClose={() => setIsEditing(false)} />}
    </Page>
  );
}

function Tags({ asset, limits }: { asset: Asset; limits: (tag: string) => Limit[] }) {
  const { id, tags } = asset;
  const sources = useQuery({ ...sourcesQuery, retry: false });
  const [text, setText] = useState('');
  const [count, setCount] = useState(TAGS);
  const found = tags.filter((tag) => tag.tag_name.toLowerCase().includes(text.toLowerCase()));
  const shown = found.slice(0, count);
  const open = (useQuery({ ...openAlertsQuery, retry: false }).data?.alerts ?? []).filter((alert) => alert.asset_id === id).sort(byUrgency);
  const sparks = useQuery({ ...sparksQuery(shown.filter((tag) => tag.kind !== 'text').map((tag) => ({ asset_id: id, tag_name: tag.tag_name }))), placeholderData: keepPreviousData });
  return (
    <div className="te-panel">
      {tags.length > 12 && <TextInput type="search" m="sm" mb="xs" aria-label={texts.search} placeholder={texts.search} value={text} onChange={(event) => setText(event.currentTarget.value)} maw={260} />}
      <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
        <Table highlightOnHover verticalSpacing={6}>
          <Table.Thead><Table.Tr>
            <Table.Th>{texts.tag}</Table.Th><Table.Th>{texts.value}</Table.Th><Table.Th visibleFrom="sm">{texts.trend}</Table.Th><Table.Th visibleFrom="sm">{texts.limits}</Table.Th><Table.Th>{texts.quality}</Table.Th><Table.Th visibleFrom="xl">{texts.source}</Table.Th>
          </Table.Tr></Table.Thead>
          <Table.Tbody>
            {shown.map((tag) => {
              const pen = { asset_id: id, tag_name: tag.tag_name };
              const source = sources.data?.find((it) => it.id === tag.data_source_id);
              const alarm = open.find((alert) => alert.tag_name === tag.tag_name);
              return (
                <Table.Tr key={tag.tag_name}>
                  <Table.Td style={{ overflowWrap: 'break-word' }}>
                    {tag.kind === 'text' ? <Breakable name={tag.tag_name} /> : <Link to="/explorer" search={{ pens: [`${id}/${tag.tag_name}`] } as never} className="te-row-link" title={texts.chartOf(tag.tag_name)}><Breakable name={tag.tag_name} /></Link>}
                    {tag.description && <Text size="xs" c="dimmed">{tag.description}</Text>}
                  </Table.Td>
                  <Table.Td style={alarm && { boxShadow: `inset 4px 0 var(--te-${alarm.severity})` }}>
                    <LiveValue pen={pen} unit={tag.unit} />
                    {alarm && <Link to="/alarms" search={{ alert: alarm.id } as never} className="te-row-link" title={alarm.message} style={{ marginLeft: 8, fontSize: 13 }}><Severity level={alarm.severity} withWord={false} /></Link>}
                  </Table.Td>
                  <Table.Td visibleFrom="sm"><Sparkline values={sparks.data?.get(penKey(pen)) ?? []} /></Table.Td>
                  <Table.Td visibleFrom="sm">
                    {limits(tag.tag_name).slice(0, 2).map((limit, i) => <Text key={i} size="xs" title={limit.rule} className="te-value">{limit.words} <Text span c="dimmed" size="xs">{limit.severity}</Text></Text>)}
                    {limits(tag.tag_name).length === 0 && <Link to="/rules" search={{ id: 'new', asset: id, tag: tag.tag_name } as never} className="te-quiet" aria-label={texts.ruleOn(tag.tag_name)}>+</Link>}
                  </Table.Td>
                  <Table.Td><QualityAndAge pen={pen} /></Table.Td>
                  <Table.Td visibleFrom="xl"><Text size="xs" className="te-wrap" c="dimmed">{source ? <Link to="/sources/$sourceId" params={{ sourceId: source.id }} style={{ color: 'inherit' }}>{source.name}</Link> : texts.pushed}</Text></Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {tags.length === 0 && <Text p="md">{texts.none}</Text>}
      {tags.length > 0 && found.length === 0 && <Text p="md" c="dimmed">{texts.noneFound}</Text>}
      {found.length > count && <Button m="sm" variant="default" onClick={() => setCount(count + TAGS)}>{texts.moreTags(found.length - count)}</Button>}
    </div>
  );
}

function Alarms({ id }: { id: string }) {
  const alarms = useQuery({
    queryKey: ['alerts', 'asset', id],
    queryFn: ({ signal }) => get<Paged<Alert>>('/v1/alerts', { asset_id: id, per_page: ALARMS }, signal),
    refetchInterval: 5000,
  });
  return (
    <Stack className="te-panel" p="md" gap={6}>
      <Group justify="space-between"><Title order={2} size="h5">{texts.alarms}</Title><Link to="/alarms" search={{ asset: id, view: 'all' } as never} className="te-quiet">{texts.allAlarms}</Link></Group>
      {alarms.isError && <Text size="sm">{alarms.error.message}</Text>}
      {alarms.data?.data.length === 0 && <Text size="sm" c="dimmed">{texts.noAlarms}</Text>}
      {alarms.data?.data.map((alert) => {
        const isOpen = alert.status !== 'resolved';
        return (
          <Group key={alert.id} gap="xs" wrap="nowrap" align="start">
            {isOpen ? <Severity level={alert.severity} withWord={false} /> : <Text size="sm" c="dimmed" aria-hidden="true">✓</Text>}
            <div style={{ minWidth: 0 }}>
              <Text size="sm" c={isOpen ? undefined : 'dimmed'} className="te-wrap">{alert.message || alert.rule_name}</Text>
              <Text size="xs" c="dimmed" className="te-value">{formatTime(Date.parse(alert.triggered_at))}{alert.resolved_at && ` – ${formatTime(Date.parse(alert.resolved_at))}`}</Text>
            </div>
          </Group>
        );
      })}
    </Stack>
  );
}

function Watching({ id }: { id: string }) {
  const models = useQuery({ ...modelsQuery, retry: false });
  const watching = (models.data ?? []).filter((model) => model.deployment?.assets.includes(id));
  if (watching.length === 0) return null;
  return (
    <Stack className="te-panel" p="md" gap={6}>
      <Title order={2} size="h5">{texts.models}</Title>
      {watching.map((model) => (
        <Group key={model.id} justify="space-between" wrap="nowrap">
          <Link to={'/models/$modelId' as never} params={{ modelId: model.id } as never} search={{ tab: 'deployment' } as never} className="te-row-link te-wrap">{model.name}</Link>
          <Text size="sm" span>{texts.score} <LiveValue pen={{ asset_id: id, tag_name: model.deployment?.output_tag ?? '' }} /></Text>
        </Group>
      ))}
    </Stack>
  );
}

function Trend({ assetId, tag, limits }: { assetId: string; tag: AssetTag; limits: Limit[] }) {
  const to = Math.ceil(useNow() / STEP_MS) * STEP_MS;
  const pen = { asset_id: assetId, tag_name: tag.tag_name };
  const history = useQuery({
    queryKey: ['curve', pen, to],
    queryFn: ({ signal }) => curves([pen], to - SPAN_MS, to, 450, signal),
    placeholderData: keepPreviousData,
  });
  const traces = (history.data ?? []).map((curve) => ({ ...curve, label: tag.tag_name, unit: tag.unit }));
  return (
    <div className="te-panel" style={{ padding: '8px 12px', minWidth: 0 }}>
      <TimeChart label={tag.tag_name} traces={traces} from={to - SPAN_MS} to={to} height={160} live
        thresholds={limits.flatMap((limit) => limit.values.map((value) => ({ value, label: limit.rule, severity: limit.severity })))} />
    </div>
  );
}
