import { Button, SimpleGrid, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { assetQuery, type AssetTag } from '../../api/assets';
import { useNow } from '../../api/hooks';
import { curves } from '../../api/telemetry';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { TimeChart } from '../../components/TimeChart';
import { LiveValue, QualityAndAge } from '../../components/Value';
import { assets as texts } from '../../lib/texts/assets';

const SPAN_MS = 900_000;
const STEP_MS = 5000;
const TRENDS_MAX = 6;

export function AssetPage() {
  const { assetId } = useParams({ strict: false }) as { assetId: string };
  const asset = useQuery(assetQuery(assetId));
  if (asset.isPending) return <Waiting />;
  if (asset.isError) return <Failure error={asset.error} />;
  const { name, description, tags, id } = asset.data;
  const pens = tags.slice(0, 4).map((tag) => `${id}/${tag.tag_name}`);
  return (
    <Page
      title={name}
      actions={<Button variant="default" component={Link} to="/explorer" search={{ pens } as never}>{texts.explore}</Button>}
    >
      {description && <Text className="te-wrap">{description}</Text>}
      <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
        <Table>
          <Table.Thead><Table.Tr>
            <Table.Th>{texts.tag}</Table.Th><Table.Th>{texts.value}</Table.Th><Table.Th>{texts.quality}</Table.Th>
          </Table.Tr></Table.Thead>
          <Table.Tbody>
            {tags.map((tag) => (
              <Table.Tr key={tag.tag_name}>
                <Table.Td className="te-wrap">{tag.tag_name}</Table.Td>
                <Table.Td><LiveValue pen={{ asset_id: id, tag_name: tag.tag_name }} unit={tag.unit} /></Table.Td>
                <Table.Td><QualityAndAge pen={{ asset_id: id, tag_name: tag.tag_name }} /></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {tags.length === 0 && <Text p="md">{texts.none}</Text>}
      </div>
      <Title order={2} size="h4">{texts.trends}, {texts.last}</Title>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {tags.filter((tag) => tag.kind !== 'text').slice(0, TRENDS_MAX).map((tag) => (
          <Trend key={tag.tag_name} assetId={id} tag={tag} />
        ))}
      </SimpleGrid>
    </Page>
  );
}

function Trend({ assetId, tag }: { assetId: string; tag: AssetTag }) {
  const to = Math.ceil(useNow() / STEP_MS) * STEP_MS;
  const pen = { asset_id: assetId, tag_name: tag.tag_name };
  const history = useQuery({
    queryKey: ['curve', pen, to],
    queryFn: ({ signal }) => curves([pen], to - SPAN_MS, to, 300, signal),
    placeholderData: (before) => before,
  });
  const traces = (history.data ?? []).map((curve) => ({ ...curve, label: tag.tag_name, unit: tag.unit }));
  return (
    <div className="te-panel" style={{ padding: 8, minWidth: 0 }}>
      <TimeChart label={tag.tag_name} traces={traces} from={to - SPAN_MS} to={to} height={170} />
    </div>
  );
}
