/** What this is, which version, under which licences, and where the documents are. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { get } from '../../api/client';
import { settings as texts } from '../../lib/texts/settings';

const PARTIES = [
  ['React', 'MIT'], ['Mantine', 'MIT'], ['TanStack Query, Router, Virtual', 'MIT'], ['uPlot', 'MIT'],
] as const;

export function About() {
  const spec = useQuery({ queryKey: ['openapi'], staleTime: Infinity, queryFn: ({ signal }) => get<{ info: { version: string } }>('/v1/openapi.json', {}, signal) });
  return (
    <Stack className="te-panel" p="lg" gap="sm">
      <Title order={2} size="h4">TwinEdge</Title>
      <Text>{texts.aboutText}</Text>
      <dl className="te-pairs">
        <dt>{texts.version}</dt><dd>{spec.data?.info.version ?? '–'}</dd>
        <dt>{texts.licence}</dt><dd>{texts.licenceText}</dd>
        <dt>{texts.retention}</dt><dd>{texts.retentionText}</dd>
        <dt>{texts.parties}</dt><dd>{PARTIES.map(([name, licence]) => `${name} (${licence})`).join(', ')}</dd>
      </dl>
      <Group>
        <Anchor href="/docs" underline="always" c="inherit">{texts.apiDocs}</Anchor>
        <Anchor href="/v1/openapi.json" underline="always" c="inherit">{texts.openapi}</Anchor>
      </Group>
    </Stack>
  );
}
