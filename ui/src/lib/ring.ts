/** The newest points of one series in two typed arrays; the oldest fall out, nothing is allocated. */
export class Ring {
  private readonly times: Float64Array;
  private readonly values: Float64Array;
  private head = 0;
  /** How many points are held. */
  size = 0;
  /** Counts every push, so that a reader knows how many it missed. */
  pushed = 0;

  constructor(readonly capacity: number) {
    this.times = new Float64Array(capacity);
    this.values = new Float64Array(capacity);
  }

  /** `t` in seconds. A point that is not later than the newest replaces it or is left out. */
  push(t: number, value: number): void {
    if (this.size > 0) {
      const last = (this.head + this.capacity - 1) % this.capacity;
      const newest = this.times[last] ?? 0;
      if (t < newest) return;
      if (t === newest) {
        this.values[last] = value;
        return;
      }
    }
    this.times[this.head] = t;
    this.values[this.head] = value;
    this.head = (this.head + 1) % this.capacity;
    this.size = Math.min(this.size + 1, this.capacity);
    this.pushed += 1;
  }

  /** Every held point later than `t`, oldest first. */
  after(t: number, take: (t: number, value: number) => void): void {
    let back = 0;
    while (back < this.size && this.at(back).t > t) back += 1;
    for (let i = back - 1; i >= 0; i -= 1) {
      const point = this.at(i);
      take(point.t, point.value);
    }
  }

  /** The i-th newest point. */
  private at(i: number): { t: number; value: number } {
    const place = (this.head - 1 - i + 2 * this.capacity) % this.capacity;
    return { t: this.times[place] ?? 0, value: this.values[place] ?? 0 };
  }
}
