/** How the system itself is: what works, how much it holds, what it takes. */
import { Accordion, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client';
import { Failure, Waiting } from '../../components/Feedback';
import { Stat } from '../../components/Stat';
import { formatNumber, formatSpan } from '../../lib/format';
import { formatBytes } from '../../lib/sizes';
import { settings as texts } from '../../lib/texts/settings';
import { sources } from '../../lib/texts/sources';
import { Demo } from './Demo';
import { figure, parseMetrics } from './metrics';

interface Ready { status: string; checks: Record<string, string>; sources: Record<string, number> }

const REFRESH_MS = 5000;

/** Answers 503 with the same body when something does not work: that is news, not a fault of the question. */
async function ready(signal: AbortSignal): Promise<Ready> {
  return (await fetch('/health/ready', { signal })).json() as Promise<Ready>;
}

export function Health() {
  const state = useQuery({ queryKey: ['ready'], queryFn: ({ signal }) => ready(signal), refetchInterval: REFRESH_MS });
  const metrics = useQuery({
    queryKey: ['metrics'], refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => parseMetrics(await (await call(new Request('/metrics', { signal }))).text()),
  });
  if (state.isPending) return <Waiting />;
  if (state.isLoadingError) return <Failure error={state.error} onRetry={() => void state.refetch()} />;
  const all = metrics.data ?? [];
  const of = (name: string) => figure(all, name);
  const [points, bytes] = [of('twinedge_store_points'), of('twinedge_store_bytes')];
  const up = of('process_start_time_seconds') === undefined ? undefined : Date.now() / 1000 - (of('process_start_time_seconds') ?? 0);
  const cpu = of('process_cpu_seconds_total');
  const isReady = state.data.status === 'ready';
  const count = (value: number | undefined) => (value === undefined ? '–' : value.toLocaleString('en'));
  return (
    <Stack>
      <Title order={2} size="h4">{isReady ? texts.ready : <span style={{ color: 'var(--te-critical)' }}>■ {texts.degraded}</span>}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        {Object.entries(state.data.checks).map(([part, word]) => <Stat key={part} name={texts.parts[part] ?? part} value={word} alarm={word === 'ok' ? undefined : 'critical'} />)}
        <Stat name={texts.sourcesState} value={Object.values(state.data.sources).reduce((a, b) => a + b, 0)}
          note={Object.entries(state.data.sources).filter(([, n]) => n > 0).map(([name, n]) => `${n} ${sources.states[name] ?? name}`).join(', ')} />
        <Stat name={texts.up} value={up === undefined ? '–' : formatSpan(up)} />
        <Stat name={texts.points} value={count(points)} note={bytes !== undefined && points ? texts.perPoint((bytes / points).toFixed(1)) : undefined} />
        <Stat name={texts.bytes} value={bytes === undefined ? '–' : formatBytes(bytes)} />
        <Stat name={texts.series} value={count(of('twinedge_series'))} />
        <Stat name={texts.queued} value={count(of('twinedge_store_queued_points'))} />
        <Stat name={texts.memory} value={formatBytes(of('process_resident_memory_bytes') ?? 0)} />
        <Stat name={texts.cpu} value={cpu === undefined ? '–' : formatSpan(cpu)} note={cpu !== undefined && up ? texts.share(((cpu / up) * 100).toFixed(1)) : undefined} />
      </SimpleGrid>
      <Demo />
      <Accordion variant="contained" className="te-panel">
        <Accordion.Item value="all">
          <Accordion.Control>{texts.metrics}</Accordion.Control>
          <Accordion.Panel>
            <Text size="sm" c="dimmed">{texts.metricsHint}</Text>
            <Table fz="sm" verticalSpacing={3}>
              <Table.Thead><Table.Tr><Table.Th>{texts.metric}</Table.Th><Table.Th ta="right">{texts.value}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{all.map((one) => <Table.Tr key={one.name + one.labels}><Table.Td className="te-wrap">{one.name} {one.labels}</Table.Td><Table.Td ta="right" className="te-value">{Number.isInteger(one.value) ? one.value.toLocaleString('en') : formatNumber(one.value)}</Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}
