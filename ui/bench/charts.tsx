/** Twenty live charts of 10 000 points each, fed in every frame: what bench/ui.py measures. */
import '@mantine/core/styles.css';
import '../src/lib/theme.css';
import { MantineProvider, SimpleGrid } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { holdTail, tailOf } from '../src/api/tail';
import { TimeChart, type Trace } from '../src/components/TimeChart';
import { theme } from '../src/lib/theme';

const CHARTS = 20;
const POINTS = 10_000;
/** So short that the window moves by a pixel in every frame: each chart is drawn in each. */
const SPAN_MS = 5000;
const STEP_MS = SPAN_MS / POINTS;

const now = Date.now();
const wave = (i: number, k: number) => Math.sin(i / 300 + k) * 10 + Math.sin(i * 12.9898 + k) * 2;
const traces: Trace[] = Array.from({ length: CHARTS }, (_, k) => {
  const t = Array.from({ length: POINTS }, (_, i) => (now - SPAN_MS + i * STEP_MS) / 1000);
  const avg = t.map((_, i) => wave(i, k));
  return { asset_id: 'bench', tag_name: `tag ${k}`, label: `tag ${k}`, unit: '°C', t, avg, min: avg, max: avg };
});

const lists = traces.map((trace) => [trace]);
for (const trace of traces) holdTail(trace);
let count = 0;
/** Points up to now, so that 10 000 stay in sight. */
function feed() {
  const until = Date.now();
  while (now + count * STEP_MS < until) {
    for (const [k, trace] of traces.entries()) tailOf(trace)?.push((now + count * STEP_MS) / 1000, wave(POINTS + count, k));
    count += 1;
  }
  requestAnimationFrame(feed);
}

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} defaultColorScheme="light">
    <SimpleGrid cols={5} spacing={4}>
      {lists.map((list, k) => <TimeChart key={k} label={`Chart ${k}`} traces={list} from={now - SPAN_MS} to={now} height={170} live />)}
    </SimpleGrid>
  </MantineProvider>,
);
requestAnimationFrame(feed);
