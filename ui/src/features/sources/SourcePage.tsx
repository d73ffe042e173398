/** One data source: how it is, its tags, its connection, and what its end would mean. */
import { Button, Group, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { boardsQuery } from '../../api/boards';
import { ApiError, isConflict, send } from '../../api/client';
import { useNow, useSourceNews } from '../../api/hooks';
import { leaves, rulesQuery } from '../../api/rules';
import { putSource, sourceAt, sourceQuery, sourceTagsQuery, testDraft, typesQuery, type Source, type TestReport } from '../../api/sources';
import { Confirm } from '../../components/Confirm';
import { Conflict } from '../../components/Conflict';
import { FailurePage, isMissing } from '../../components/FailurePage';
import { Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { Stat } from '../../components/Stat';
import { formatAge } from '../../lib/format';
import { errors } from '../../lib/texts/errors';
import { sources as texts } from '../../lib/texts/sources';
import { ConfigForm } from './ConfigForm';
import { Report } from './Report';
import { SourceState } from './SourceList';
import './sources.css';
import { TagTable } from './TagTable';

export function SourcePage() {
  const { sourceId } = useParams({ strict: false }) as { sourceId: string };
  const client = useQueryClient();
  const navigate = useNavigate();
  useSourceNews();
  const now = useNow();
  const [isGone, setGone] = useState(false);
  const source = useQuery({ ...sourceQuery(sourceId), enabled: !isGone });
  const [error, setError] = useState<Error | null>(null);
  const [isDoomed, setDoomed] = useState(false);
  if (isGone || source.isPending) return <Waiting />;
  if (source.isLoadingError) return <FailurePage error={source.error} />;
  if (isMissing(source.error)) return <FailurePage error={source.error} />;
  const { name, config, enabled, endpoint, etag, last_error, last_data_at, points_per_second, tag_count } = source.data;
  const act = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
      await client.invalidateQueries({ queryKey: ['sources'] });
    } catch (fault) {
      setError(isConflict(fault) ? new Error(errors.changedMeanwhile) : (fault as Error));
      await client.invalidateQueries({ queryKey: ['sources'] });
    }
  };
  /** While it is deleted nothing here asks for it any more, whatever news come of it. */
  const remove = async () => {
    setGone(true);
    try {
      await send('DELETE', sourceAt(sourceId));
      await navigate({ to: '/sources' });
    } catch (fault) {
      setGone(false);
      setError(fault as Error);
    }
    await client.invalidateQueries({ queryKey: ['sources'] });
  };
  return (
    <Page title={name} actions={
      <>
        <Button variant="default" leftSection={<Icon name="refresh" size={16} />} onClick={() => void act(() => send('POST', `${sourceAt(sourceId)}/reconnect`))}>{texts.reconnect}</Button>
        <Button variant="default" leftSection={<Icon name={enabled ? 'pause' : 'play'} size={16} />} onClick={() => void act(() => putSource(sourceId, { name, config, enabled: !enabled }, etag))}>{enabled ? texts.disable : texts.enable}</Button>
        <Button variant="default" leftSection={<Icon name="trash" size={16} />} onClick={() => setDoomed(true)}>{texts.remove}</Button>
      </>
    }>
      {error && <Failure error={error} />}
      <div className="te-source-stats">
        <Stat name={texts.state} value={<SourceState source={source.data} />} note={<span className="te-wrap">{endpoint}</span>} />
        <Stat name={texts.lastData} value={last_data_at ? texts.ago(formatAge((now - Date.parse(last_data_at)) / 1000)) : texts.never} />
        <Stat name={texts.rate} value={points_per_second.toFixed(1)} />
        <Stat name={texts.tags} value={tag_count} />
      </div>
      {last_error && <Text className="te-panel te-wrap" p="sm" role="status"><b>{texts.lastError}:</b> {last_error}</Text>}
      <Tabs defaultValue="tags" keepMounted={false}>
        <Tabs.List mb="sm"><Tabs.Tab value="tags">{texts.sourceTabs.tags}</Tabs.Tab><Tabs.Tab value="connection">{texts.sourceTabs.connection}</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="tags"><TagTable source={source.data} /></Tabs.Panel>
        <Tabs.Panel value="connection"><Connection source={source.data} /></Tabs.Panel>
      </Tabs>
      {isDoomed && (
        <Confirm isOpen title={texts.removeTitle} action={texts.remove} onClose={() => setDoomed(false)}
          onConfirm={remove}>
          <Impact source={source.data} />
        </Confirm>
      )}
    </Page>
  );
}

/** What else would notice: rules that watch its tags, dashboards that show them. */
function Impact({ source }: { source: Source }) {
  const tags = useQuery(sourceTagsQuery(source.id)).data ?? [];
  const rules = useQuery(rulesQuery).data ?? [];
  const boards = useQuery(boardsQuery).data ?? [];
  const own = new Set(tags.map((tag) => `${tag.asset_id}\n${tag.tag_name}`));
  const names = new Set(tags.map((tag) => tag.tag_name));
  const watching = rules.filter((rule) => rule.data_source_id === source.id || leaves(rule.condition).some((leaf) => {
    const asset = leaf.asset_id ?? rule.asset_id;
    return rule.data_source_id === null && leaf.tag_name !== undefined && (asset ? own.has(`${asset}\n${leaf.tag_name}`) : names.has(leaf.tag_name));
  }));
  const showing = boards.filter((board) => board.layout.widgets.some(({ options }) => {
    const pens = [...(options.series ?? []), options as { asset_id?: unknown; tag_name?: unknown }];
    return pens.some((pen) => own.has(`${String(pen.asset_id)}\n${String(pen.tag_name)}`));
  }));
  return (
    <>
      <Text>{texts.impact(source.name, source.tag_count)}</Text>
      {watching.length > 0 && <Text mt="xs" size="sm">{texts.impactRules(watching.map((rule) => rule.name))}</Text>}
      {showing.length > 0 && <Text mt="xs" size="sm">{texts.impactBoards(showing.map((board) => board.name))}</Text>}
    </>
  );
}

/** The form keeps what it began with: the page asks anew every few seconds, and what others save meanwhile is a conflict. */
function Connection({ source }: { source: Source & { etag: string } }) {
  const client = useQueryClient();
  const types = useQuery(typesQuery);
  const [begun, setBegun] = useState(source);
  const [name, setName] = useState(source.name);
  const [config, setConfig] = useState(source.config);
  const [report, setReport] = useState<TestReport | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const type = types.data?.find((one) => one.type === source.type);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (fault) {
      setError(fault as Error);
    } finally {
      setBusy(false);
    }
  };
  const test = () => run(async () => setReport(await testDraft({ id: source.id, name, type: source.type, config })));
  const begin = async () => {
    const now = await client.fetchQuery({ ...sourceQuery(source.id), staleTime: 0 });
    setBegun(now);
    setName(now.name);
    setConfig(now.config);
  };
  const save = (etag: string | undefined) => run(async () => {
    await putSource(source.id, { name, config, enabled: source.enabled }, etag);
    notifications.show({ message: texts.saved, color: 'gray' });
    await begin();
    await client.invalidateQueries({ queryKey: ['sources'] });
  });
  if (!type) return <Waiting />;
  const faults = error instanceof ApiError ? error.faults : [];
  return (
    <Stack className="te-panel" p="md">
      {isConflict(error) && <Conflict what={texts.thisSource} onOverwrite={() => void save(undefined)} onTheirs={() => void run(begin)} />}
      {error && !isConflict(error) && <Failure error={error} />}
      <TextInput label={texts.name} required value={name} error={faults.find((fault) => fault.field === 'name')?.message} onChange={(event) => setName(event.currentTarget.value)} />
      <ConfigForm type={type} config={config} faults={faults} onChange={setConfig} />
      {report && <Report report={report} />}
      <Group justify="flex-end">
        <Button variant="default" loading={isBusy} onClick={() => void test()}>{texts.test}</Button>
        <Button loading={isBusy} onClick={() => void save(begun.etag)}>{texts.saveChanges}</Button>
      </Group>
    </Stack>
  );
}
