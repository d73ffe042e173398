/** All connections: how each is, what it delivers, and in plain words what is wrong. */
import { Button, Group, SegmentedControl, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useNow, useSourceNews } from '../../api/hooks';
import { sourcesQuery, typesQuery, type Source } from '../../api/sources';
import { FailurePage } from '../../components/FailurePage';
import { Empty, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { formatAge } from '../../lib/format';
import { sources as texts } from '../../lib/texts/sources';

const WRONG = ['backoff', 'config_error', 'degraded'];

export function SourceList() {
  const sources = useQuery(sourcesQuery);
  const types = useQuery(typesQuery);
  useSourceNews();
  const now = useNow();
  const [words, setWords] = useState('');
  const [only, setOnly] = useState('all');
  if (sources.isPending) return <Waiting />;
  if (sources.isLoadingError) return <FailurePage error={sources.error} onRetry={() => void sources.refetch()} />;
  const add = <Button component={Link} to="/sources/new" leftSection={<Icon name="plus" size={16} />}>{texts.add}</Button>;
  const asked = words.toLowerCase();
  const wrong = sources.data.filter((one) => WRONG.includes(one.state));
  const shown = (only === 'wrong' ? wrong : sources.data).filter((one) => !asked || one.name.toLowerCase().includes(asked) || one.endpoint.toLowerCase().includes(asked));
  const title = (type: string) => types.data?.find((one) => one.type === type)?.title ?? type;
  return (
    <Page title={texts.title} actions={add}>
      {sources.data.length === 0 ? <Empty title={texts.empty}><Text ta="center">{texts.emptyLead} <Link to="/">{texts.demo}</Link></Text>{add}</Empty> : (
        <>
          <Group gap="sm">
            <SegmentedControl size="xs" aria-label={texts.state} value={only} onChange={setOnly} data={[{ value: 'all', label: `${texts.all} ${sources.data.length}` }, { value: 'wrong', label: `${texts.wrong} ${wrong.length}` }]} />
            <TextInput size="xs" w={240} aria-label={texts.filter} placeholder={texts.filter} leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          </Group>
          {shown.length === 0 ? <Text c="dimmed">{texts.none}</Text> : (
            <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.title}>
              <Table miw={820} verticalSpacing="sm">
                <Table.Thead><Table.Tr>
                  {[texts.name, texts.state, texts.type].map((head) => <Table.Th key={head}>{head}</Table.Th>)}
                  {[texts.tags, texts.rate, texts.lastData].map((head) => <Table.Th key={head} ta="right">{head}</Table.Th>)}
                </Table.Tr></Table.Thead>
                <Table.Tbody>
                  {shown.map((source) => (
                    <Table.Tr key={source.id}>
                      <Table.Td>
                        <Link to="/sources/$sourceId" params={{ sourceId: source.id }} style={{ color: 'inherit', fontWeight: 600 }} className="te-wrap">{source.name}</Link>
                        <Text size="xs" c="dimmed" className="te-wrap">{source.endpoint}</Text>
                      </Table.Td>
                      <Table.Td maw={360}><Text size="sm" component="div"><SourceState source={source} /></Text>{source.last_error && <Text size="xs" className="te-wrap">{source.last_error}</Text>}</Table.Td>
                      <Table.Td>{title(source.type)}</Table.Td>
                      <Table.Td ta="right" className="te-value">{source.tag_count}</Table.Td>
                      <Table.Td ta="right" className="te-value">{source.points_per_second.toFixed(1)}</Table.Td>
                      <Table.Td ta="right" className="te-value">{source.last_data_at ? texts.ago(formatAge((now - Date.parse(source.last_data_at)) / 1000)) : texts.never}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
        </>
      )}
    </Page>
  );
}

/** Grey while all is well; the words, not only the colour, say when it is not. */
export function SourceState({ source }: { source: Source }) {
  const isWrong = WRONG.includes(source.state);
  return (
    <Text inherit span style={{ whiteSpace: 'normal', ...(isWrong && { color: 'var(--te-warning)', fontWeight: 600 }) }}>
      {isWrong && <span aria-hidden="true">▲ </span>}{texts.states[source.state] ?? source.state}
    </Text>
  );
}
