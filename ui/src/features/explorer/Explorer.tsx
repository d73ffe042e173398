import { Button, Checkbox, CopyButton, Group, ScrollArea, Select, Stack, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { assetsQuery } from '../../api/assets';
import { useNow } from '../../api/hooks';
import { call } from '../../api/client';
import { curves } from '../../api/telemetry';
import { Empty, Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { TimeChart, type Trace } from '../../components/TimeChart';
import { explorer as texts } from '../../lib/texts/explorer';
import { penOf, type ExplorerSearch } from './search';

const SPANS: [string, number][] = [
  ['5 min', 300], ['15 min', 900], ['1 h', 3600], ['6 h', 21_600], ['1 d', 86_400], ['7 d', 604_800], ['30 d', 2_592_000],
];
const SHORTEST_MS = 1000;
const LONGEST_MS = 10 * 366 * 86_400_000;
const TAGS_SHOWN = 200;
const POINTS = 900;
const DEBOUNCE_MS = 80;
const NONE: Trace[] = [];

export function Explorer() {
  const search = useSearch({ strict: false }) as ExplorerSearch;
  const navigate = useNavigate();
  const history = useRouter().history;
  const now = useNow();
  const span = (search.span ?? 3600) * 1000;
  const step = Math.max(2000, Math.min(60_000, Math.round(span / 600_000) * 1000));
  const isFollowing = search.from === undefined || search.to === undefined;
  const to = search.to ?? Math.ceil(now / step) * step;
  const from = search.from ?? to - span;
  const change = (part: Partial<ExplorerSearch>) =>
    void navigate({ to: '/explorer', search: { ...search, ...part } as never });
  const show = (a: number, b: number) => {
    const width = Math.min(Math.max(b - a, SHORTEST_MS), LONGEST_MS);
    const middle = (a + b) / 2;
    change({ from: Math.round(middle - width / 2), to: Math.round(middle + width / 2) });
  };
  const pens = search.pens ?? [];
  const shift = search.compare === undefined ? 0 : search.compare * 1000;
  const [fault, setFault] = useState<Error | null>(null);
  const { traces, error } = useTraces(pens, from, to, shift);
  const url = queryUrl(pens, from, to);

  return (
    <Page
      title={texts.title}
      actions={
        <>
          <Button variant="default" onClick={() => history.back()}>{texts.back}</Button>
          {pens.length > 0 && <Button variant="default" onClick={() => exportCsv(url).then(() => setFault(null), setFault)}>{texts.exportCsv}</Button>}
          {pens.length > 0 && (
            <CopyButton value={`curl -H "Authorization: Bearer $KEY" '${location.origin}${url}'`}>
              {({ copied, copy }) => <Button variant="default" onClick={copy}>{copied ? texts.copied : texts.copy}</Button>}
            </CopyButton>
          )}
        </>
      }
    >
      <div style={{ display: 'flex', gap: 16, flexWrap: 'wrap', alignItems: 'flex-start' }}>
        <TagPicker chosen={pens} onChange={(next) => change({ pens: next })} />
        <Stack style={{ flex: '1 1 420px', minWidth: 0 }} gap="sm">
          <Group gap="xs" align="end">
            <Select
              label={texts.range} w={120} allowDeselect={false}
              data={SPANS.map(([label, seconds]) => ({ label, value: String(seconds) }))}
              value={isFollowing ? String(span / 1000) : null}
              placeholder={isFollowing ? undefined : spanWords(to - from)}
              onChange={(value) => value && change({ span: Number(value), from: undefined, to: undefined })}
            />
            <Select
              label={texts.compare} w={170} allowDeselect={false}
              data={[
                { label: texts.nothing, value: '0' },
                { label: texts.periodEarlier, value: 'span' },
                { label: texts.dayEarlier, value: '86400' },
                { label: texts.weekEarlier, value: '604800' },
              ]}
              value={shift === 0 ? '0' : shift === 86_400_000 ? '86400' : shift === 604_800_000 ? '604800' : 'span'}
              onChange={(value) =>
                change({ compare: value === '0' ? undefined : value === 'span' ? Math.round((to - from) / 1000) : Number(value) })
              }
            />
            <Button variant="default" aria-label={texts.earlier} onClick={() => show(from - (to - from) / 2, to - (to - from) / 2)}>◀</Button>
            <Button variant="default" aria-label={texts.later} onClick={() => show(from + (to - from) / 2, to + (to - from) / 2)}>▶</Button>
            <Button variant="default" aria-label={texts.zoomIn} onClick={() => show(from + (to - from) / 4, to - (to - from) / 4)}>+</Button>
            <Button variant="default" aria-label={texts.zoomOut} onClick={() => show(from - (to - from) / 2, to + (to - from) / 2)}>−</Button>
            {!isFollowing && <Button variant="default" onClick={() => change({ from: undefined, to: undefined })}>{texts.follow}</Button>}
          </Group>
          {(error ?? fault) && <Failure error={(error ?? fault) as Error} />}
          {pens.length === 0 ? (
            <Empty title={texts.pick}><Text c="dimmed">{texts.emptyHint}</Text></Empty>
          ) : (
            <div className="te-panel" style={{ padding: 8 }}>
              <TimeChart label={texts.legend} traces={traces} from={from} to={to} height={420} onRange={show} />
            </div>
          )}
        </Stack>
      </div>
    </Page>
  );
}

function useTraces(pens: string[], from: number, to: number, shift: number): { traces: Trace[]; error: Error | null } {
  const assets = useQuery(assetsQuery);
  const [settled, setSettled] = useState({ from, to });
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled({ from, to }), DEBOUNCE_MS);
    return () => window.clearTimeout(timer);
  }, [from, to]);
  const history = useQuery({
    queryKey: ['explorer', pens, settled, shift],
    enabled: pens.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Trace[]> => {
      const wanted = pens.map(penOf);
      const named = (suffix: string) => (curve: Awaited<ReturnType<typeof curves>>[number]) => ({
        ...curve, label: `${curve.asset_id} ${curve.tag_name}${suffix}`, unit: null,
      });
      const present = (await curves(wanted, settled.from, settled.to, POINTS, signal)).map(named(''));
      if (shift === 0) return present;
      const past = await curves(wanted, settled.from - shift, settled.to - shift, POINTS, signal);
      return [
        ...present,
        ...past.map(named(' (earlier)')).map((t) => ({ ...t, t: t.t.map((at) => at + shift / 1000), dashed: true })),
      ];
    },
  });
  // Units may arrive after the curves, so they are put on here and not in the query.
  const traces = useMemo(
    () =>
      (history.data ?? NONE).map((trace) => ({
        ...trace,
        unit: assets.data?.find((it) => it.id === trace.asset_id)?.tags.find((it) => it.tag_name === trace.tag_name)?.unit ?? null,
      })),
    [history.data, assets.data],
  );
  return { traces, error: history.error };
}

function TagPicker({ chosen, onChange }: { chosen: string[]; onChange: (next: string[]) => void }) {
  const assets = useQuery(assetsQuery);
  const [text, setText] = useState('');
  const every = (assets.data ?? [])
    .toSorted((a, b) => a.id.localeCompare(b.id))
    .flatMap((asset) => asset.tags.filter((tag) => tag.kind !== 'text').map((tag) => ({ pen: `${asset.id}/${tag.tag_name}`, asset: asset.id, tag })));
  const found = every.filter(({ pen }) => pen.toLowerCase().includes(text.toLowerCase()));
  const toggle = (pen: string) =>
    onChange(chosen.includes(pen) ? chosen.filter((it) => it !== pen) : [...chosen, pen].slice(0, 50));
  return (
    <Stack className="te-panel" p="sm" gap="xs" style={{ flex: '0 1 260px', minWidth: 220 }}>
      <TextInput label={texts.tags} placeholder={texts.search} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <ScrollArea.Autosize mah="60vh" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': texts.tags }}>
        <Stack gap={4}>
          {found.slice(0, TAGS_SHOWN).map(({ pen, asset, tag }, i) => (
            <div key={pen}>
              {found[i - 1]?.asset !== asset && <Text size="xs" fw={600} mt={6}>{asset}</Text>}
              <Checkbox size="sm" styles={{ input: { width: 24, height: 24 } }} checked={chosen.includes(pen)} onChange={() => toggle(pen)}
                label={`${tag.tag_name}${tag.unit ? ` [${tag.unit}]` : ''}`} aria-label={pen} />
            </div>
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {found.length > TAGS_SHOWN && <Text size="xs" c="dimmed">{texts.limited(TAGS_SHOWN, found.length)}</Text>}
    </Stack>
  );
}

function queryUrl(pens: string[], from: number, to: number): string {
  const url = new URLSearchParams();
  for (const asset of new Set(pens.map((pen) => penOf(pen).asset_id))) url.append('asset_id', asset);
  for (const tag of new Set(pens.map((pen) => penOf(pen).tag_name))) url.append('tag_name', tag);
  url.set('start', new Date(from).toISOString());
  url.set('end', new Date(to).toISOString());
  return `/v1/telemetry?${url}&limit=100000`;
}

async function exportCsv(url: string): Promise<void> {
  const answer = await call(new Request(new URL(url, location.origin), { headers: { Accept: 'text/csv' } }));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = 'telemetry.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}

function spanWords(ms: number): string {
  const found = SPANS.find(([, seconds]) => seconds * 1000 >= ms);
  return found ? `≤ ${found[0]}` : '> 30 d';
}
