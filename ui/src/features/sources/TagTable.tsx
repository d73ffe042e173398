/** The tags of a source with their live values; each switched, changed and left out here. */
import { ActionIcon, Button, Group, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError, isConflict, send } from '../../api/client';
import { getTag, putTag, removeTag, sourceAt, sourceTagsQuery, type Source, type SourceTag } from '../../api/sources';
import { Breakable } from '../../components/Breakable';
import { Confirm } from '../../components/Confirm';
import { Dialog } from '../../components/Dialog';
import { Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { LiveValue, QualityAndAge } from '../../components/Value';
import { errors } from '../../lib/texts/errors';
import { sources as texts } from '../../lib/texts/sources';
import { TagChoice, type ChosenTag } from './TagChoice';
import { draftOf, TagEditor } from './TagEditor';
import { TagImport } from './TagImport';

const STEP = 200;
const band = (tag: SourceTag) => (tag.deadband ? `±${tag.deadband.value}${tag.deadband.type === 'percent' ? ' %' : ''}` : '–');

export function TagTable({ source }: { source: Source }) {
  const client = useQueryClient();
  const tags = useQuery(sourceTagsQuery(source.id));
  const [words, setWords] = useState('');
  const [limit, setLimit] = useState(STEP);
  const [open, setOpen] = useState<'add' | 'import' | { edit: SourceTag } | { drop: SourceTag } | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const path = `${sourceAt(source.id)}/tags`;
  const refresh = () => client.invalidateQueries({ queryKey: ['sources'] });
  const done = () => {
    setOpen(null);
    void refresh();
  };
  const change = async (work: () => Promise<unknown>) => {
    try {
      setError(null);
      await work();
    } catch (fault) {
      setError(isConflict(fault) ? new Error(errors.changedMeanwhile) : (fault as Error));
    }
    await refresh();
  };
  if (tags.isPending) return <Waiting />;
  if (tags.isLoadingError) return <Failure error={tags.error} onRetry={() => void tags.refetch()} />;
  const asked = words.toLowerCase();
  const address = (tag: SourceTag) => (typeof tag.address === 'string' ? tag.address : JSON.stringify(tag.address));
  const found = tags.data.filter((tag) => !asked || [tag.asset_id, tag.tag_name, address(tag)].some((text) => text.toLowerCase().includes(asked)));
  // the list is some seconds old: only the switch is to change, not what others have saved since
  const toggle = (tag: SourceTag) => change(async () => {
    const { etag, ...now } = await getTag(source.id, tag.id);
    await putTag(source.id, tag.id, { ...draftOf(now), enabled: !tag.enabled }, etag);
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <TextInput size="xs" w={240} aria-label={texts.searchTags} placeholder={texts.searchTags} leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        <Group gap="xs">
          <Button size="xs" variant="default" component="a" href={`${path}/export`} download leftSection={<Icon name="download" size={14} />}>{texts.exportCsv}</Button>
          <Button size="xs" variant="default" leftSection={<Icon name="upload" size={14} />} onClick={() => setOpen('import')}>{texts.importCsv}</Button>
          <Button size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => setOpen('add')}>{texts.addTags}</Button>
        </Group>
      </Group>
      {error && <Failure error={error} />}
      {tags.data.length === 0 ? <Text c="dimmed">{texts.noTags}</Text> : (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.tags}>
          <Table className="te-tag-table" verticalSpacing={6}>
            <Table.Thead><Table.Tr><Table.Th><span className="te-hidden">{texts.enabled}</span></Table.Th><Table.Th visibleFrom="sm">{texts.asset}</Table.Th><Table.Th>{texts.tag}</Table.Th><Table.Th ta="right">{texts.value}</Table.Th>{[texts.quality, texts.address, texts.interval, texts.deadband].map((head) => <Table.Th key={head} visibleFrom="sm">{head}</Table.Th>)}<Table.Th><span className="te-hidden">{texts.more}</span></Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {found.slice(0, limit).map((tag) => (
                <Table.Tr key={tag.id}>
                  <Table.Td><Switch size="xs" aria-label={texts.tagOn(tag.tag_name)} checked={tag.enabled} onChange={() => void toggle(tag)} /></Table.Td>
                  <Table.Td className="te-wrap" miw={110} visibleFrom="sm"><Link to="/assets/$assetId" params={{ assetId: tag.asset_id }} style={{ color: 'inherit' }}>{tag.asset_id}</Link></Table.Td>
                  <Table.Td style={{ overflowWrap: 'break-word' }}><Breakable name={tag.tag_name} /><Text size="xs" c="dimmed" hiddenFrom="sm" className="te-wrap">{tag.asset_id}</Text></Table.Td>
                  <Table.Td ta="right"><LiveValue pen={tag} unit={tag.unit} /></Table.Td>
                  <Table.Td visibleFrom="sm"><Text size="xs" c="dimmed" component="div">{tag.state === 'ok' ? <QualityAndAge pen={tag} /> : texts.tagStates[tag.state]}</Text>{tag.error && <Text size="xs" className="te-wrap" style={{ color: 'var(--te-warning)' }}>▲ {tag.error}</Text>}</Table.Td>
                  <Table.Td className="te-wrap" visibleFrom="sm"><Text size="sm" ff="monospace">{address(tag)}</Text></Table.Td>
                  <Table.Td className="te-value" visibleFrom="sm">{tag.interval_ms?.toLocaleString('en') ?? '–'}</Table.Td>
                  <Table.Td className="te-value" visibleFrom="sm">{band(tag)}</Table.Td>
                  <Table.Td>
                    <Group gap={2} wrap="nowrap">
                      <ActionIcon variant="subtle" color="gray" aria-label={texts.editTag(tag.tag_name)} onClick={() => setOpen({ edit: tag })}><Icon name="edit" size={16} /></ActionIcon>
                      <ActionIcon variant="subtle" color="gray" aria-label={texts.removeTag(tag.tag_name)} onClick={() => setOpen({ drop: tag })}><Icon name="trash" size={16} /></ActionIcon>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Group justify="space-between"><Text size="sm" c="dimmed" role="status">{texts.shownOf(Math.min(limit, found.length), tags.data.length)}</Text>{found.length > limit && <Button size="xs" variant="default" onClick={() => setLimit(limit + STEP)}>{texts.showMore}</Button>}</Group>
      {open === 'import' && <TagImport sourceId={source.id} onDone={done} onClose={() => setOpen(null)} />}
      {open === 'add' && <AddTags source={source} path={path} onDone={done} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && 'edit' in open && <TagEditor sourceId={source.id} tag={open.edit} onSaved={done} onClose={() => setOpen(null)} />}
      {open !== null && typeof open === 'object' && 'drop' in open && (
        <Confirm isOpen title={texts.removeTag(open.drop.tag_name)} action={texts.remove} onClose={() => setOpen(null)} onConfirm={async () => { await removeTag(source.id, open.drop.id); await refresh(); }}>
          {texts.removeTagSure(open.drop.tag_name)}
        </Confirm>
      )}
    </Stack>
  );
}

function AddTags({ source, path, onDone, onClose }: { source: Source; path: string; onDone: () => void; onClose: () => void }) {
  const [tags, setTags] = useState<ChosenTag[]>([]);
  const [error, setError] = useState<Error | null>(null);
  const add = async () => {
    try {
      await send('POST', path, { tags });
      onDone();
    } catch (fault) {
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={texts.addTags} size="90rem" onClose={onClose}>
      <Stack>
        {error && <Failure error={error} />}
        <TagChoice draft={{ id: source.id, name: source.name, type: source.type, config: source.config }} chosen={tags} faults={error instanceof ApiError ? error.faults : []} onChange={setTags} />
        <Group justify="flex-end"><Button disabled={tags.length === 0} onClick={() => void add()}>{texts.addTheseTags(tags.length)}</Button></Group>
      </Stack>
    </Dialog>
  );
}
