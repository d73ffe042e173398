/** Prometheus' text format, as far as /metrics uses it: one figure a line. */
export interface Metric { name: string; labels: string; value: number }

export function parseMetrics(text: string): Metric[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)$/.exec(line);
    return match ? [{ name: match[1] ?? '', labels: (match[2] ?? '').slice(1, -1), value: Number(match[3]) }] : [];
  });
}

export const figure = (metrics: Metric[], name: string): number | undefined => metrics.find((one) => one.name === name)?.value;
