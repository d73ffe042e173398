/** Trends of any tags, from years down to a second. */
import { ActionIcon, Button, Collapse, Group, Loader, Stack, Text } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { assetsQuery } from '../../api/assets';
import type { SavedView } from '../../api/boards';
import { useNow } from '../../api/hooks';
import { extentOf } from '../../api/telemetry';
import { Empty, Failure } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { TimeChart, type Trace } from '../../components/TimeChart';
import { bounded } from '../../components/chart/span';
import { explorer as texts } from '../../lib/texts/explorer';
import { HappeningsList, NoteDialog, useHappenings } from './Notes';
import { RangeBar } from './RangeBar';
import { penOf, type ExplorerSearch } from './search';
import { ShareMenu, ViewsMenu } from './ShareMenu';
import { TagPicker } from './TagPicker';
import { useTraces } from './useTraces';

const SHORTEST_MS = 1000;
const LONGEST_MS = 10 * 366 * 86_400_000;
const NO_PENS: string[] = [];
const STARTERS = 6;

export function Explorer() {
  const search = useSearch({ strict: false }) as ExplorerSearch;
  const navigate = useNavigate();
  const history = useRouter().history;
  const isWide = useMediaQuery('(min-width: 62em)', true);
  const [isPicking, picking] = useDisclosure(false);
  const [isNoting, setIsNoting] = useState(false);
  const [noted, setNoted] = useState<{ from: number; to: number } | null>(null);
  const [fault, setFault] = useState<Error | null>(null);
  const now = useNow();
  const span = (search.span ?? 3600) * 1000;
  const step = Math.max(2000, Math.min(60_000, Math.round(span / 600_000) * 1000));
  const isFollowing = search.from === undefined || search.to === undefined;
  const to = search.to ?? Math.ceil(now / step) * step;
  const from = search.from ?? to - span;
  const pens = search.pens ?? NO_PENS;
  const shift = (search.compare ?? 0) * 1000;
  const change = useCallback(
    (part: Partial<ExplorerSearch>) =>
      void navigate({ to: '/explorer', search: ((before: ExplorerSearch) => ({ ...before, ...part })) as never }),
    [navigate],
  );
  const setPens = useCallback((next: string[]) => change({ pens: next }), [change]);
  const show = (a: number, b: number) => {
    const next = bounded({ from: a, to: b }, SHORTEST_MS, LONGEST_MS);
    change({ from: Math.round(next.from), to: Math.round(next.to) });
  };
  const fit = async () => {
    const extent = await extentOf(pens.map(penOf));
    if (extent) show(extent.from, Math.max(extent.to, extent.from + SHORTEST_MS));
  };
  const openView = (view: SavedView) =>
    change({ pens: view.pens.map((pen) => `${pen.asset_id}/${pen.tag_name}`), span: view.span_s, from: undefined, to: undefined });
  const { traces, error, isWaiting, ahead } = useTraces(pens, from, to, shift, isFollowing);
  const happenings = useHappenings(pens, from, to);
  const problem = error ?? fault;

  return (
    <Page
      title={texts.title}
      actions={
        <>
          <ActionIcon.Group>
            <ActionIcon variant="default" size={36} aria-label={texts.back} title={texts.back} onClick={() => history.back()}>←</ActionIcon>
            <ActionIcon variant="default" size={36} aria-label={texts.forward} title={texts.forward} onClick={() => history.forward()}>→</ActionIcon>
          </ActionIcon.Group>
          <ViewsMenu onOpen={openView} onFault={setFault} />
          <ShareMenu pens={pens} from={from} to={to} onFault={setFault} />
        </>
      }
    >
      <div className="te-explorer">
        <div className="te-panel te-explorer-tags">
          {!isWide && <Button fullWidth variant="subtle" aria-expanded={isPicking} onClick={picking.toggle}>{isPicking ? texts.hideTags : texts.showTags}</Button>}
          <Collapse expanded={isWide || isPicking}><TagPicker chosen={pens} onChange={setPens} /></Collapse>
        </div>
        <Stack style={{ minWidth: 0 }} gap="sm">
          <RangeBar
            view={{ from, to }} following={isFollowing ? span / 1000 : null} compare={search.compare}
            onSpan={(seconds) => change({ span: seconds, from: undefined, to: undefined })}
            onShow={show}
            onFollow={() => change(isFollowing ? { from: to - span, to } : { from: undefined, to: undefined, span: Math.max(1, Math.round((to - from) / 1000)) })}
            onFit={() => void fit().then(() => setFault(null), setFault)}
            onCompare={(compare) => change({ compare })}
          />
          {problem && <Failure error={problem} />}
          {pens.length === 0 ? (
            <Starters onPick={setPens} />
          ) : (
            <div className="te-panel" style={{ padding: '8px 12px', position: 'relative' }}>
              <Group justify="space-between" mb={4} style={{ minHeight: 26 }}>
                <Button size="compact-xs" variant={isNoting ? 'filled' : 'subtle'} aria-pressed={isNoting}
                  onClick={() => (isNoting ? setNoted({ from, to }) : setIsNoting(true))}>
                  {isNoting ? texts.annotating : texts.annotate}
                </Button>
                {isWaiting && <Loader size={14} role="status" aria-label={texts.loading} />}
              </Group>
              <TimeChart
                label={texts.legend} traces={traces} from={from} to={to} height={isWide ? 440 : 320} legend="table" marks={happenings.marks}
                live={isFollowing} wheel onRange={show} onMove={ahead}
                onRemove={(trace: Trace) => setPens(pens.filter((pen) => pen !== `${trace.asset_id}/${trace.tag_name}`))}
                {...(isNoting ? { onSelect: (a: number, b: number) => setNoted({ from: a, to: b }) } : {})}
              />
            </div>
          )}
          <HappeningsList {...happenings} onShow={show} />
        </Stack>
      </div>
      {noted && <NoteDialog pens={pens} {...noted} onClose={() => { setNoted(null); setIsNoting(false); }} />}
    </Page>
  );
}

/** A first view in one click: the number tags of an asset. */
function Starters({ onPick }: { onPick: (pens: string[]) => void }) {
  const assets = useQuery(assetsQuery);
  const found = (assets.data ?? []).filter((asset) => asset.tags.some((tag) => tag.kind === 'number')).slice(0, STARTERS);
  return (
    <Empty title={texts.pick}>
      <Text c="dimmed" ta="center">{texts.emptyHint}</Text>
      <Group justify="center" gap="xs" maw="100%">
        {found.map((asset) => (
          <Button key={asset.id} variant="default" maw="100%" title={asset.name} onClick={() => onPick(asset.tags.filter((tag) => tag.kind === 'number').slice(0, 4).map((tag) => `${asset.id}/${tag.tag_name}`))}>
            {asset.name}
          </Button>
        ))}
      </Group>
      <Text size="sm" c="dimmed" ta="center">{texts.emptyPhone}</Text>
    </Empty>
  );
}
