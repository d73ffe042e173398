import { Text } from '@mantine/core';
import type { Source } from '../../api/sources';
import { sources as texts } from '../../lib/texts/sources';

const SHAPES: Record<string, string> = {
  connected: '●', connecting: '◌', degraded: '▲', backoff: '▲', config_error: '■', disabled: '○',
};
const COLOURS: Record<string, string> = {
  degraded: 'var(--te-warning)', backoff: 'var(--te-warning)', config_error: 'var(--te-critical)',
};

/** The state in shape and words; only what is abnormal has a colour. */
export function StateText({ source }: { source: Source }) {
  return (
    <Text size="sm" span style={{ color: COLOURS[source.state] }} fw={COLOURS[source.state] ? 600 : 400}>
      <span aria-hidden="true">{SHAPES[source.state]}</span> {texts.states[source.state] ?? source.state}
    </Text>
  );
}
