/** The path of a sparkline: gaps break it, a flat line lies in the middle. */
export function sparkPath(
  values: (number | null)[],
  width: number,
  height: number,
): { path: string; low: number; high: number } {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  // one point is no line
  if (known.length < 2) return { path: '', low: 0, high: 0 };
  let low = Math.min(...known);
  let high = Math.max(...known);
  if (low === high) {
    low -= 1;
    high += 1;
  }
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  let path = '';
  let isDrawing = false;
  values.forEach((value, i) => {
    if (value === null || !Number.isFinite(value)) {
      isDrawing = false;
      return;
    }
    const x = (i * step).toFixed(1);
    const y = (height - 2 - ((value - low) / (high - low)) * (height - 4)).toFixed(1);
    path += `${isDrawing ? 'L' : 'M'}${x} ${y}`;
    // a point alone between gaps is a short dash
    if (!isDrawing && (values[i + 1] ?? null) === null) path += 'h1';
    isDrawing = true;
  });
  return { path, low, high };
}
