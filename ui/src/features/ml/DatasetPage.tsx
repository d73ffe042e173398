/** One dataset: its columns with how they are spread, its first rows, its versions. */
import { Button, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { datasetQuery, datasetVersionsQuery, deleteDataset, previewQuery, type Dataset, type Profile } from '../../api/ml';
import { Confirm } from '../../components/Confirm';
import { FailurePage, isMissing } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Histogram } from '../../components/Histogram';
import { Page } from '../../components/Page';
import { Stat } from '../../components/Stat';
import { formatNumber, formatScalar, formatTime } from '../../lib/format';
import { formatBytes, formatShare } from '../../lib/sizes';
import { ml as texts } from '../../lib/texts/ml';
import { Upload } from './Upload';

const ROWS = 50;
const HASH_SHOWN = 8;

export function DatasetPage() {
  const { datasetId } = useParams({ strict: false }) as { datasetId: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  const found = useQuery(datasetQuery(datasetId));
  const [isDoomed, setIsDoomed] = useState(false);
  const [isReplacing, setIsReplacing] = useState(false);
  if (found.isPending) return <Waiting />;
  if (found.isLoadingError) return <FailurePage error={found.error} />;
  if (isMissing(found.error)) return <FailurePage error={found.error} />;
  const dataset = found.data;
  const isEmpty = dataset.status !== 'ready';
  const remove = async () => {
    await deleteDataset(datasetId);
    // away first: this page would ask for what is gone
    await navigate({ to: '/models', search: { tab: 'datasets' } as never });
    await client.invalidateQueries({ queryKey: ['datasets'] });
  };
  return (
    <Page
      title={dataset.name}
      actions={
        <>
          <Button variant="default" onClick={() => setIsDoomed(true)}>{texts.delete}</Button>
          <Button variant="default" onClick={() => setIsReplacing(!isReplacing)} aria-expanded={isReplacing}>{texts.replace}</Button>
          {!isEmpty && <Button component={Link} to={'/models/train' as never} search={{ dataset: datasetId } as never}>{texts.train}</Button>}
        </>
      }
    >
      {dataset.description && <Text className="te-wrap">{dataset.description}</Text>}
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
        <Stat name={texts.rows} value={dataset.row_count.toLocaleString('en')} note={texts.origins[dataset.source]} />
        <Stat name={texts.columns} value={dataset.columns.length} note={texts.usedBy(dataset.used_by.length)} />
        <Stat name={texts.size} value={formatBytes(dataset.size_bytes)} note={texts.versionOf(dataset.version)} />
        <Stat name={texts.hash} value={<span title={dataset.hash ?? ''}>{dataset.hash?.slice(0, HASH_SHOWN) ?? '–'}</span>} note={formatTime(Date.parse(dataset.updated_at))} />
      </SimpleGrid>
      {(isEmpty || isReplacing) && (
        <Stack className="te-panel" p="md" gap="xs">
          <Text size="sm" c="dimmed">{isEmpty ? texts.emptyDataset : texts.replaceHint}</Text>
          <Upload target={() => Promise.resolve(datasetId)} onDone={() => { setIsReplacing(false); void client.invalidateQueries({ queryKey: ['datasets'] }); }} />
        </Stack>
      )}
      {!isEmpty && <Contents dataset={dataset} />}
      <Confirm title={texts.deleteDataset(dataset.name)} action={texts.delete} isOpen={isDoomed} onClose={() => setIsDoomed(false)} onConfirm={remove}>{texts.deleteDatasetLead}</Confirm>
    </Page>
  );
}

function Contents({ dataset }: { dataset: Dataset }) {
  const preview = useQuery(previewQuery(dataset.id, ROWS, dataset.version));
  const versions = useQuery(datasetVersionsQuery(dataset.id, dataset.version));
  if (preview.isPending) return <Waiting />;
  if (preview.isError) return <Failure error={preview.error} onRetry={() => void preview.refetch()} />;
  const { columns, rows } = preview.data;
  return (
    <>
      <Title order={2} size="h4">{texts.columns}</Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 4 }} spacing="sm">
        {columns.map((column) => <ColumnCard key={column.name} column={column} rows={dataset.row_count} />)}
      </SimpleGrid>
      <Title order={2} size="h4">{texts.preview}</Title>
      <div className="te-panel">
        <Table.ScrollContainer minWidth={500} maxHeight={420} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.preview } }}>
          <Table stickyHeader fz="sm" verticalSpacing={4} striped>
            <Table.Thead><Table.Tr>{columns.map((column) => <Table.Th key={column.name}>{column.name}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {rows.map((row, i) => (
                <Table.Tr key={i}>{columns.map((column) => <Table.Td key={column.name} className="te-value">{formatScalar(row[column.name])}</Table.Td>)}</Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </div>
      {versions.data && versions.data.length > 1 && (
        <>
          <Title order={2} size="h4">{texts.versions}</Title>
          <div className="te-panel">
            <Table fz="sm">
              <Table.Thead><Table.Tr>{[texts.version, texts.rows, texts.size, texts.hash, texts.created].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {versions.data.map((it) => (
                  <Table.Tr key={it.version}>
                    <Table.Td>{it.version}</Table.Td><Table.Td>{it.row_count.toLocaleString('en')}</Table.Td><Table.Td>{formatBytes(it.size_bytes)}</Table.Td>
                    <Table.Td><code>{it.hash.slice(0, HASH_SHOWN)}</code></Table.Td><Table.Td className="te-value">{formatTime(Date.parse(it.created_at))}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </>
      )}
    </>
  );
}

function ColumnCard({ column, rows }: { column: Profile; rows: number }) {
  const figure = (value: number | null) => (value === null ? '–' : formatNumber(value));
  return (
    <Stack className="te-panel" p="sm" gap={6}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text fw={600} size="sm" className="te-wrap">{column.name}</Text>
        <Text size="xs" c="dimmed">{texts.types[column.type] ?? column.type}</Text>
      </Group>
      {column.histogram ? <Histogram {...column.histogram} name={column.name} /> : <Text size="xs" c="dimmed" style={{ minHeight: 55 }}>{texts.distinct}: {column.distinct?.toLocaleString('en')}</Text>}
      <Text size="xs" c="dimmed" className="te-value" style={{ whiteSpace: 'normal' }}>
        {column.type === 'number' && <>{texts.mean} {figure(column.mean)} · {texts.deviation} {figure(column.std)} · </>}
        {texts.missing} {formatShare(rows === 0 ? 0 : column.missing / rows)}
      </Text>
    </Stack>
  );
}
