import { Button, Group, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourcesQuery, type Source } from '../../api/sources';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { sources as texts } from '../../lib/texts/sources';

export function SourceList() {
  const sources = useQuery(sourcesQuery);
  if (sources.isPending) return <Waiting />;
  if (sources.isError) return <Failure error={sources.error} />;
  const add = <Button component={Link} to="/sources/new">{texts.add}</Button>;
  return (
    <Page title={texts.title} actions={add}>
      {sources.data.length === 0 ? (
        <Empty title={texts.empty}><Text>{texts.emptyLead}</Text></Empty>
      ) : (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.title}>
          <Table>
            <Table.Thead><Table.Tr>
              {[texts.name, texts.type, texts.endpoint, texts.state, texts.tags, texts.rate].map((head) => <Table.Th key={head}>{head}</Table.Th>)}
            </Table.Tr></Table.Thead>
            <Table.Tbody>
              {sources.data.map((source) => (
                <Table.Tr key={source.id}>
                  <Table.Td><Link to="/sources/$sourceId" params={{ sourceId: source.id }} style={{ color: 'inherit' }}>{source.name}</Link></Table.Td>
                  <Table.Td>{source.type}</Table.Td>
                  <Table.Td className="te-wrap">{source.endpoint}</Table.Td>
                  <Table.Td><SourceState source={source} /></Table.Td>
                  <Table.Td className="te-value">{source.tag_count}</Table.Td>
                  <Table.Td className="te-value">{source.points_per_second.toFixed(1)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Page>
  );
}

/** Grey while all is well; the words, not only the colour, say when it is not. */
export function SourceState({ source }: { source: Source }) {
  const isWrong = ['backoff', 'config_error', 'degraded'].includes(source.state);
  return (
    <Group gap={6} wrap="nowrap">
      <Text size="sm" style={isWrong ? { color: 'var(--te-warning)', fontWeight: 600 } : undefined}>
        {isWrong && <span aria-hidden="true">▲ </span>}{texts.states[source.state] ?? source.state}
      </Text>
    </Group>
  );
}
