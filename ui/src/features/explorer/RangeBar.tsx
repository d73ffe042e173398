/** Which period is shown: presets, from and to, steps, following. */
import { ActionIcon, Button, Group, Popover, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { explorer as texts } from '../../lib/texts/explorer';
import { formatWidth } from '../../lib/sizes';
import { fromZone, inZone } from '../../lib/zone';
import { panned, zoomed, type Span } from '../../components/chart/span';

const SPANS: [string, number][] = [
  ['1 min', 60], ['5 min', 300], ['15 min', 900], ['1 h', 3600], ['6 h', 21_600], ['1 d', 86_400], ['7 d', 604_800], ['30 d', 2_592_000],
];
const DAY_S = 86_400;

interface RangeBarProps {
  view: Span;
  /** Seconds back from now when following, else null. */
  following: number | null;
  /** Seconds. */
  compare: number | undefined;
  onSpan: (seconds: number) => void;
  onShow: (from: number, to: number) => void;
  onFollow: () => void;
  onFit: () => void;
  onCompare: (seconds: number | undefined) => void;
}

export function RangeBar({ view, following, compare, onSpan, onShow, onFollow, onFit, onCompare }: RangeBarProps) {
  const step = (span: Span) => onShow(span.from, span.to);
  const known = following === null ? null : String(following);
  const width = view.to - view.from;
  const comparison = compare === undefined ? '0' : compare === DAY_S || compare === 7 * DAY_S ? String(compare) : 'span';
  return (
    <Group gap="xs">
      <Select
        aria-label={texts.range} w={108} allowDeselect={false} value={known}
        data={SPANS.some(([, s]) => String(s) === known) || known === null ? spans() : [...spans(), { label: formatWidth(following! * 1000), value: known }]}
        placeholder={formatWidth(width)}
        onChange={(value) => value && onSpan(Number(value))}
      />
      <FromTo view={view} onShow={onShow} />
      <ActionIcon.Group>
        <ActionIcon variant="default" size={36} aria-label={texts.earlier} title={texts.earlier} onClick={() => step(panned(view, -0.5))}>◀</ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={texts.later} title={texts.later} onClick={() => step(panned(view, 0.5))}>▶</ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={texts.zoomIn} title={texts.zoomIn} onClick={() => step(zoomed(view, 0.5))}>+</ActionIcon>
        <ActionIcon variant="default" size={36} aria-label={texts.zoomOut} title={texts.zoomOut} onClick={() => step(zoomed(view, 2))}>−</ActionIcon>
      </ActionIcon.Group>
      <Button variant="default" onClick={onFit}>{texts.fit}</Button>
      <Button variant={following === null ? 'default' : 'filled'} aria-pressed={following !== null} onClick={onFollow}>
        {following === null ? texts.follow : texts.following}
      </Button>
      <Select
        aria-label={texts.compare} w={208} allowDeselect={false} value={comparison}
        data={[
          { label: `${texts.compare} ${texts.nothing}`, value: '0' },
          { label: texts.periodEarlier, value: 'span' },
          { label: texts.dayEarlier, value: String(DAY_S) },
          { label: texts.weekEarlier, value: String(7 * DAY_S) },
        ]}
        onChange={(value) => onCompare(value === '0' ? undefined : value === 'span' ? Math.round(width / 1000) : Number(value))}
      />
    </Group>
  );
}

const spans = () => SPANS.map(([label, seconds]) => ({ label, value: String(seconds) }));
const wall = (ms: number) => `${inZone(ms).day}T${inZone(ms).clock}`;

function FromTo({ view, onShow }: { view: Span; onShow: (from: number, to: number) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [times, setTimes] = useState({ from: '', to: '' });
  const [from, to] = [times.from, times.to].map((value) => (value === '' ? NaN : fromZone(value))) as [number, number];
  const isReady = Number.isFinite(from) && Number.isFinite(to) && to > from;
  return (
    <Popover opened={isOpen} onChange={setIsOpen} trapFocus position="bottom-start">
      <Popover.Target>
        <Button variant="default" onClick={() => { setTimes({ from: wall(view.from), to: wall(view.to) }); setIsOpen(!isOpen); }}>{texts.custom}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack component="form" gap="xs" onSubmit={(event) => { event.preventDefault(); onShow(from, to); setIsOpen(false); }}>
          <TextInput type="datetime-local" step={1} label={texts.from} value={times.from} onChange={(event) => setTimes({ ...times, from: event.currentTarget.value })} />
          <TextInput type="datetime-local" step={1} label={texts.to} value={times.to} onChange={(event) => setTimes({ ...times, to: event.currentTarget.value })} />
          {!isReady && <Text size="xs">{texts.wrongOrder}</Text>}
          <Button type="submit" disabled={!isReady}>{texts.apply}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
