import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { send } from '../../api/client';
import { sourceQuery, sourceTagsQuery } from '../../api/sources';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { LiveValue } from '../../components/Value';
import { sources as texts } from '../../lib/texts/sources';
import { SourceState } from './SourceList';

const TAGS_SHOWN = 300;

export function SourcePage() {
  const { sourceId } = useParams({ strict: false }) as { sourceId: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  const source = useQuery(sourceQuery(sourceId));
  const tags = useQuery(sourceTagsQuery(sourceId));
  const [error, setError] = useState<Error | null>(null);
  if (source.isPending) return <Waiting />;
  if (source.isError) return <Failure error={source.error} />;
  const { name, config, enabled, endpoint, last_error, points_per_second } = source.data;
  const path = `/v1/data-sources/${sourceId}`;
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['sources'] });
    } catch (fault) {
      setError(fault as Error);
    }
  };
  const remove = async () => {
    if (!window.confirm(texts.sure(name))) return;
    await act(() => send('DELETE', path));
    await navigate({ to: '/sources' });
  };
  return (
    <Page
      title={name}
      actions={
        <>
          <Button variant="default" onClick={() => void act(() => send('POST', `${path}/reconnect`))}>{texts.reconnect}</Button>
          <Button variant="default" onClick={() => void act(() => send('PUT', path, { name, config, enabled: !enabled }))}>
            {enabled ? texts.disable : texts.enable}
          </Button>
          <Button variant="default" onClick={() => void remove()}>{texts.remove}</Button>
        </>
      }
    >
      {error && <Failure error={error} />}
      <Stack className="te-panel" p="md" gap="xs">
        <Group><SourceState source={source.data} /><Text className="te-wrap">{endpoint}</Text>
          <Text className="te-value">{points_per_second.toFixed(1)} {texts.rate}</Text></Group>
        {last_error && <Text className="te-wrap"><b>{texts.lastError}:</b> {last_error}</Text>}
      </Stack>
      <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
        <Table>
          <Table.Thead><Table.Tr>{[texts.asset, texts.tag, texts.value, texts.address, texts.state].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {(tags.data ?? []).slice(0, TAGS_SHOWN).map((tag) => (
              <Table.Tr key={tag.id}>
                <Table.Td><Link to="/assets/$assetId" params={{ assetId: tag.asset_id }} style={{ color: 'inherit' }}>{tag.asset_id}</Link></Table.Td>
                <Table.Td>{tag.tag_name}</Table.Td>
                <Table.Td><LiveValue pen={tag} unit={tag.unit} /></Table.Td>
                <Table.Td className="te-wrap">{typeof tag.address === 'string' ? tag.address : JSON.stringify(tag.address)}</Table.Td>
                <Table.Td>{tag.error ?? tag.state}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Page>
  );
}
