/** Versions and models side by side; what differs is bold. */
import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { algorithmsQuery, comparisonQuery } from '../../api/ml';
import { FailurePage } from '../../components/FailurePage';
import { Empty, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { formatNumber } from '../../lib/format';
import { ml as texts } from '../../lib/texts/ml';
import { State } from './State';

const shown = (value: unknown): string =>
  value === null || value === undefined ? '–' : typeof value === 'number' ? formatNumber(value) : typeof value === 'object' ? JSON.stringify(value) : String(value);

export function ComparePage() {
  const { ids } = useSearch({ strict: false }) as { ids?: string[] };
  const wanted = Array.isArray(ids) ? ids.map(String) : [];
  const found = useQuery({ ...comparisonQuery(wanted), enabled: wanted.length >= 2 });
  const algorithms = useQuery(algorithmsQuery);
  if (wanted.length < 2) return <Page title={texts.compareTitle}><Empty title={texts.pickToCompare}><Link to="/models">{texts.title}</Link></Empty></Page>;
  if (found.isPending) return <Waiting />;
  if (found.isError) return <FailurePage error={found.error} />;
  const { models, metrics, hyperparameters, same_dataset } = found.data;
  const nameOf = (key: string) => (key in texts.metrics ? texts.metrics[key as keyof typeof texts.metrics][0] : key);
  const section = (head: string, rows: Record<string, unknown[]>) => (
    <>
      <Table.Tr><Table.Th colSpan={models.length + 1} pt="md">{head}</Table.Th></Table.Tr>
      {Object.entries(rows).map(([key, cells]) => {
        const texts_ = cells.map(shown);
        const isSame = texts_.every((text) => text === texts_[0]);
        return (
          <Table.Tr key={key}>
            <Table.Td className="te-wrap">{nameOf(key)}</Table.Td>
            {texts_.map((text, i) => <Table.Td key={i} className="te-value" fw={isSame ? undefined : 650}>{text}</Table.Td>)}
          </Table.Tr>
        );
      })}
    </>
  );
  return (
    <Page title={texts.compareTitle}>
      <Text c="dimmed" size="sm">{same_dataset ? texts.sameData : texts.otherData}</Text>
      <div className="te-panel">
        <Table.ScrollContainer minWidth={180 + models.length * 150} scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': texts.compareTitle } }}>
          <Table fz="sm" verticalSpacing={6}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.figure}</Table.Th>
                {models.map((it) => (
                  <Table.Th key={it.id}>
                    <Link to={'/models/$modelId' as never} params={{ modelId: it.id } as never} className="te-row-link te-wrap">{it.name}, {texts.versionOf(it.version)}</Link>
                    <Text size="xs" c="dimmed">{algorithms.data?.find((a) => a.id === it.algorithm)?.title ?? it.algorithm} · <State status={it.status} /></Text>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>{section(texts.sections.quality, metrics)}{section(texts.hyperparameters, hyperparameters)}</Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </div>
    </Page>
  );
}
