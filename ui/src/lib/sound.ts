/** A short tone for a new alarm, for those who asked for it. */
const KEY = 'twinedge.sound';
const TONES = { critical: [880, 660, 880], warning: [660, 520], info: [] } as const;
const TONE_S = 0.18;
let context: AudioContext | null = null;

export const isSoundOn = (): boolean => localStorage.getItem(KEY) === '1';

/** Switch the sound; on must be asked by a click or key, since browsers allow no sound before one. */
export function setSound(on: boolean): void {
  if (on) {
    localStorage.setItem(KEY, '1');
    play('warning');
  } else localStorage.removeItem(KEY);
}

export function soundAlarm(alarm: { severity: keyof typeof TONES }): void {
  if (isSoundOn()) play(alarm.severity);
}

function play(severity: keyof typeof TONES): void {
  context ??= new AudioContext();
  const at = context.currentTime;
  TONES[severity].forEach((hertz, i) => {
    const tone = new OscillatorNode(context as AudioContext, { frequency: hertz });
    const volume = new GainNode(context as AudioContext, { gain: 0.08 });
    tone.connect(volume).connect((context as AudioContext).destination);
    tone.start(at + i * TONE_S);
    tone.stop(at + (i + 0.85) * TONE_S);
  });
}
