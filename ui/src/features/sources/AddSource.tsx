/** From nothing to a live value: protocol, connection, test, tags, review. */
import { Button, Group, List, Radio, Stack, Stepper, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, send, type Fault } from '../../api/client';
import { testDraft, typesQuery, type Draft, type Source, type TestReport } from '../../api/sources';
import { Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { sources as texts } from '../../lib/texts/sources';
import { ConfigForm } from './ConfigForm';
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
  if (types.isError) return <Failure error={types.error} />;
  const type = types.data.find((it) => it.type === draft.type);
  const faults: Fault[] = error instanceof ApiError ? error.faults : [];

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (fault) {
      setError(fault as Error);
      if (fault instanceof ApiError && fault.faults.some((f) => f.field.startsWith('config') || f.field === 'name')) setStep(1);
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
    const body = { ...draft, tags: tags.map(({ value: _, ...tag }) => tag) };
    const { data } = await send<{ data: Source }>('POST', '/v1/data-sources', body);
    await client.invalidateQueries();
    await navigate({ to: '/sources/$sourceId', params: { sourceId: data.id } });
  });
  const forward = [
    <Button key="0" disabled={!type} onClick={() => setStep(1)}>{texts.next}</Button>,
    <Button key="1" disabled={!draft.name.trim()} loading={isBusy} onClick={() => void test()}>{texts.test}</Button>,
    <Button key="2" disabled={!report?.ok} onClick={() => setStep(3)}>{texts.next}</Button>,
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
            <Stack mt="xs">{types.data.map((it) => <Radio key={it.type} value={it.type} label={it.title} />)}</Stack>
          </Radio.Group>
        )}
        {step === 1 && type && (
          <>
            <TextInput label={texts.name} required value={draft.name} error={faults.find((f) => f.field === 'name')?.message}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
            <ConfigForm type={type} config={draft.config} faults={faults} onChange={(config) => setDraft({ ...draft, config })} />
          </>
        )}
        {step === 2 && (report ? <Report report={report} /> : isBusy && <Waiting label={texts.test} />)}
        {step === 3 && <TagChoice draft={draft} chosen={tags} onChange={setTags} />}
        {step === 4 && (
          <>
            <Text>{texts.reviewLead(tags.length, draft.name)}</Text>
            <List>{tags.map((tag) => <List.Item key={tag.address} className="te-wrap">{tag.asset_id} / {tag.tag_name} {tag.unit && `[${tag.unit}]`}: {tag.address}</List.Item>)}</List>
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

function Report({ report }: { report: TestReport }) {
  return (
    <Stack gap="xs" role="status">
      <Title order={2} size="h5">{report.ok ? texts.testOk(report.latency_ms) : texts.testFailed}</Title>
      {report.steps.map((step) => (
        <div key={step.name}>
          <Text className="te-wrap"><span aria-hidden="true">{step.ok ? '✓' : '✕'}</span> <b>{step.name}</b> · {Math.round(step.ms)} ms · {step.detail}</Text>
          {step.hint && <Text size="sm" c="dimmed" pl="lg" className="te-wrap">{step.hint}</Text>}
        </div>
      ))}
    </Stack>
  );
}
