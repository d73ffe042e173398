/** How good the alarms are, after EEMUA 191 and ISA-18.2, in words that say what to do. */
import { Group, SegmentedControl, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SEVERITIES, statisticsQuery, type Statistics as Figures } from '../../api/alerts';
import { Failure, Waiting } from '../../components/Feedback';
import { Severity } from '../../components/Severity';
import { formatNumber, formatSpan, formatTime } from '../../lib/format';
import { alerts } from '../../lib/texts/alerts';

const texts = alerts.stats;
const BARS = 96;
const percent = (share: number) => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

export function Statistics() {
  const [hours, setHours] = useState('24');
  const found = useQuery(statisticsQuery(Number(hours)));
  return (
    <Stack>
      <Group><SegmentedControl size="xs" aria-label={texts.span} value={hours} onChange={setHours} data={Object.entries(texts.spans).map(([value, label]) => ({ value, label }))} /></Group>
      {found.isPending ? <Waiting /> : found.isError ? <Failure error={found.error} /> : <Sheet figures={found.data} />}
    </Stack>
  );
}

function Sheet({ figures }: { figures: Figures }) {
  const { acknowledge_median_seconds: wait } = figures;
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Kpi name={texts.total} value={String(figures.total)} help={texts.totalHelp} />
        <Kpi name={texts.rate} value={formatNumber(figures.average_per_10min)} help={texts.rateHelp} isGood={figures.average_per_10min <= 1} />
        <Kpi name={texts.peak} value={String(figures.peak_per_10min)} help={texts.peakHelp} isGood={figures.peak_per_10min <= 10} />
        <Kpi name={texts.flood} value={percent(figures.percent_in_flood / 100)} help={texts.floodHelp} isGood={figures.percent_in_flood < 1} />
        <Kpi name={texts.chattering} value={String(figures.chattering)} help={texts.chatteringHelp} isGood={figures.chattering === 0} />
        <Kpi name={texts.standing} value={String(figures.standing.length)} help={texts.standingHelp} isGood={figures.standing.length < 10} />
        <Kpi name={texts.acknowledge} value={wait === null ? '–' : formatSpan(wait)} help={texts.acknowledgeHelp} />
        <Kpi name={texts.suppressed} value={String(figures.suppressed)} help={texts.suppressedHelp} />
      </SimpleGrid>
      <OverTime figures={figures} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <section className="te-panel te-box">
          <Title order={2} size="h5">{texts.worst}</Title>
          <Text size="sm" c="dimmed" mb="xs">{texts.worstHelp}</Text>
          <Table>
            <Table.Thead><Table.Tr><Table.Th>{alerts.rule}</Table.Th><Table.Th>{alerts.asset}</Table.Th><Table.Th ta="right">{texts.count}</Table.Th><Table.Th ta="right">{texts.share}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {figures.worst.map((one) => (
                <Table.Tr key={`${one.rule_id} ${one.rule_name} ${one.asset_id}`}>
                  <Table.Td className="te-wrap">{one.rule_id ? <Link to="/rules" search={{ id: one.rule_id } as never} className="te-go">{one.rule_name}</Link> : one.rule_name}{one.chattering && ` (${texts.chatters})`}</Table.Td>
                  <Table.Td className="te-wrap">{one.asset_id ?? '–'}</Table.Td>
                  <Table.Td ta="right" className="te-value">{one.count}</Table.Td>
                  <Table.Td ta="right" className="te-value">{percent(one.share)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {figures.worst.length === 0 && <Text size="sm" c="dimmed">{texts.none}</Text>}
        </section>
        <section className="te-panel te-box">
          <Title order={2} size="h5">{texts.mix}</Title>
          <Text size="sm" c="dimmed" mb="xs">{texts.mixHelp}</Text>
          {SEVERITIES.map((severity) => {
            const { share, target } = figures.priority_mix[severity];
            return (
              <div key={severity} style={{ marginBottom: 10 }}>
                <Group justify="space-between"><Severity level={severity} /><Text size="sm" className="te-value">{texts.mixOf(percent(share), percent(target))}</Text></Group>
                <svg width="100%" height="14" aria-hidden="true">
                  <rect width="100%" height="14" rx="2" fill="var(--te-line)" opacity="0.5" />
                  <rect width={`${share * 100}%`} height="14" rx="2" fill="var(--te-muted)" />
                  <rect x={`${target * 100}%`} width="2" height="14" fill="currentColor" />
                </svg>
              </div>
            );
          })}
          <Title order={2} size="h5" mt="md">{texts.standing}</Title>
          {figures.standing.length === 0 && <Text size="sm" c="dimmed">{texts.none}</Text>}
          {figures.standing.slice(0, 10).map((one) => (
            <Text key={one.id} size="sm" className="te-wrap"><Link to="/alarms" search={{ alert: one.id, view: 'all' } as never} className="te-go">{one.rule_name}</Link> {one.asset_id} · {texts.openFor(one.open_hours)}</Text>
          ))}
        </section>
      </SimpleGrid>
    </>
  );
}

function Kpi({ name, value, help, isGood }: { name: string; value: string; help: string; isGood?: boolean }) {
  return (
    <div className="te-panel te-kpi">
      <Text size="sm" c="dimmed">{name}</Text>
      <Group gap="xs" align="baseline">
        <Text fz={28} fw={650} lh={1.2} className="te-value">{value}</Text>
        {isGood !== undefined && <Text size="xs" fw={600} c={isGood ? 'dimmed' : undefined} style={isGood ? undefined : { color: 'var(--te-warning)' }}>{isGood ? texts.good : `▲ ${texts.high}`}</Text>}
      </Group>
      <Text size="xs" c="dimmed">{help}</Text>
    </div>
  );
}

/** Bars of equal time; the server counts by 10 minutes, a longer period puts several into one bar. */
function OverTime({ figures }: { figures: Figures }) {
  const from = Date.parse(figures.start);
  const width = (Date.parse(figures.end) - from) / BARS;
  const bars = new Array<number>(BARS).fill(0);
  for (const { start, count } of figures.per_10min) {
    const at = Math.min(Math.max(Math.floor((Date.parse(start) - from) / width), 0), BARS - 1);
    bars[at] = (bars[at] ?? 0) + count;
  }
  const peak = Math.max(...bars, 1);
  return (
    <section className="te-panel te-box">
      <Group justify="space-between"><Title order={2} size="h5">{texts.overTimeLabel(Math.max(...bars))}</Title></Group>
      <svg width="100%" height="90" viewBox={`0 0 ${BARS} 100`} preserveAspectRatio="none" role="img" aria-label={texts.overTimeLabel(Math.max(...bars))}>
        {bars.map((count, i) => <rect key={i} x={i + 0.1} width="0.8" y={100 - (count / peak) * 96} height={(count / peak) * 96} fill="var(--te-muted)"><title>{`${formatTime(from + i * width)}: ${count}`}</title></rect>)}
        <line x1="0" x2={BARS} y1="99.5" y2="99.5" stroke="var(--te-line)" vectorEffect="non-scaling-stroke" />
      </svg>
      <Group justify="space-between"><Text size="xs" c="dimmed">{formatTime(from)}</Text><Text size="xs" c="dimmed">{formatTime(Date.parse(figures.end))}</Text></Group>
    </section>
  );
}
