/** From nothing to a live value: protocol, connection, test, tags, review. */
import { Button, Group, Radio, SimpleGrid, Stack, Stepper, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, send, type Fault } from '../../api/client';
import { testDraft, typesQuery, type Draft, type Source, type TestReport } from '../../api/sources';
import { FailurePage } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { sources as texts } from '../../lib/texts/sources';
import { ConfigForm } from './ConfigForm';
import { Report } from './Report';
import './sources.css';
import { TagChoice, type ChosenTag } from './TagChoice';

export function AddSource() {
  const types = useQuery(typesQuery);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<Draft>({ name: '', type: '', config: {} });
  const [report, setReport] = useState<TestReport | null>(null);
  const [tags, setTags] = useState<ChosenTag[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (types.isPending) return <Waiting />;
  if (types.isError) return <FailurePage error={types.error} />;
  const type = types.data.find((it) => it.type === draft.type);
  const faults: Fault[] = error instanceof ApiError ? error.faults : [];

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (fault) {
      setError(fault as Error);
      const fields = fault instanceof ApiError ? fault.faults.map((one) => one.field) : [];
      // The step that holds what the server refused.
      if (fields.some((field) => field.startsWith('config') || field === 'name')) setStep(1);
      else if (fields.some((field) => field.startsWith('tags['))) setStep(3);
    } finally {
      setBusy(false);
    }
  };
  const test = () => run(async () => {
    setStep(2);
    setReport(null);
    setReport(await testDraft(draft));
  });
  const create = () => run(async () => {
    const { data } = await send<{ data: Source }>('POST', '/v1/data-sources', { ...draft, tags });
    await client.invalidateQueries();
    await navigate({ to: '/sources/$sourceId', params: { sourceId: data.id } });
  });
  const forward = [
    <Button key="0" disabled={!type} onClick={() => setStep(1)}>{texts.next}</Button>,
    <Button key="1" disabled={!draft.name.trim()} loading={isBusy} onClick={() => void test()}>{texts.test}</Button>,
    <Group key="2">{report && !report.ok && <Button variant="default" loading={isBusy} onClick={() => void test()}>{texts.testAgain}</Button>}<Button disabled={!report?.ok} onClick={() => setStep(3)}>{texts.next}</Button></Group>,
    <Button key="3" onClick={() => setStep(4)}>{texts.next}</Button>,
    <Button key="4" loading={isBusy} onClick={() => void create()}>{texts.save}</Button>,
  ][step];

  return (
    <Page title={texts.add}>
      <Stack className="te-panel" p="md">
        <Stepper active={step} size="xs" onStepClick={(to) => to < step && setStep(to)}>
          {texts.steps.map((name, i) => <Stepper.Step key={name} label={name} allowStepSelect={i < step} />)}
        </Stepper>
        {error && <Failure error={error} />}
        {step === 0 && (
          <Radio.Group label={texts.type} value={draft.type} onChange={(next) => setDraft({ ...draft, type: next, config: {} })}>
            <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs" spacing="sm">
              {types.data.map((it) => (
                <Radio.Card key={it.type} value={it.type} p="md" className="te-protocol" aria-label={it.title}>
                  <Group wrap="nowrap" align="flex-start"><Radio.Indicator /><div><Text fw={600}>{it.title}</Text><Text size="sm" c="dimmed">{texts.protocols[it.type] ?? it.schema.description}</Text></div></Group>
                </Radio.Card>
              ))}
            </SimpleGrid>
          </Radio.Group>
        )}
        {step === 1 && type && (
          <>
            <TextInput label={texts.name} required value={draft.name} error={faults.find((f) => f.field === 'name')?.message} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
            <ConfigForm type={type} config={draft.config} faults={faults} onChange={(config) => setDraft({ ...draft, config })} />
          </>
        )}
        {step === 2 && (report ? <Report report={report} /> : isBusy && <Waiting label={texts.test} />)}
        {step === 3 && <TagChoice draft={draft} chosen={tags} faults={faults} onChange={setTags} />}
        {step === 4 && (
          <>
            <Text fw={600}>{texts.reviewLead(tags.length, draft.name)}</Text>
            {tags.length > 0 && (
              <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
                <Table miw={520}>
                  <Table.Thead><Table.Tr>{[texts.asset, texts.tag, texts.unit, texts.scale, texts.interval, texts.address].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
                  <Table.Tbody>{tags.map((tag) => <Table.Tr key={tag.address}>{[tag.asset_id, tag.tag_name, tag.unit, tag.scale, tag.interval_ms, tag.address].map((cell, i) => <Table.Td key={i} className="te-wrap">{cell ?? ''}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
                </Table>
              </div>
            )}
          </>
        )}
        <Group justify="space-between">
          <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>{texts.back}</Button>
          {forward}
        </Group>
      </Stack>
    </Page>
  );
}
