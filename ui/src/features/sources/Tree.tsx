/** What a device offers, as a tree that is asked for level by level as it is opened. */
import { ActionIcon, Button, Checkbox, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { browseDraft, type BrowseNode, type Draft } from '../../api/sources';
import { Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { formatScalar, type Scalar } from '../../lib/format';
import { sources as texts } from '../../lib/texts/sources';

interface TreeProps {
  draft: Draft;
  search: string;
  picked: ReadonlySet<string>;
  /** The node and the names of what it lies in. */
  onPick: (nodes: { node: BrowseNode; parents: string[] }[], isPicked: boolean) => void;
}

export function Tree(props: TreeProps) {
  return (
    <div className="te-inset te-tree" tabIndex={0} role="region" aria-label={texts.browse}>
      <ul><Level {...props} node={null} parents={[]} /></ul>
    </div>
  );
}

function Level({ node, parents, ...props }: TreeProps & { node: string | null; parents: string[] }) {
  const { draft, search, picked, onPick } = props;
  const found = useQuery({
    queryKey: ['browse', draft, node, node === null ? search : ''], queryFn: () => browseDraft(draft, node, node === null ? search : ''), retry: false, staleTime: 60_000,
  });
  if (found.isPending) return <li><Waiting label={texts.browse} /></li>;
  if (found.isError) return <li><Failure error={found.error} onRetry={() => void found.refetch()} /></li>;
  if (found.data.length === 0) return <li><Text size="sm" c="dimmed" p={4}>{texts.offered}</Text></li>;
  const tags = found.data.filter((it) => it.address !== null);
  const isAll = tags.every((it) => picked.has(it.address ?? ''));
  return (
    <>
      {tags.length > 1 && (
        <li><Button size="compact-xs" variant="subtle" onClick={() => onPick(tags.map((it) => ({ node: it, parents })), !isAll)}>{texts.pickAll} ({tags.length})</Button></li>
      )}
      {found.data.map((it) => <Branch key={it.node} {...props} it={it} parents={parents} />)}
    </>
  );
}

function Branch({ it, parents, ...props }: TreeProps & { it: BrowseNode; parents: string[] }) {
  const [isOpen, setOpen] = useState(false);
  const value = it.value === null || it.value === undefined ? '' : formatScalar(typeof it.value === 'object' ? JSON.stringify(it.value) : (it.value as Scalar));
  return (
    <li>
      <Group gap={6} wrap="nowrap" className="te-branch">
        {it.has_children
          ? <ActionIcon size="sm" variant="subtle" color="gray" aria-expanded={isOpen} aria-label={isOpen ? texts.collapse(it.name) : texts.expand(it.name)} onClick={() => setOpen(!isOpen)}><Icon name={isOpen ? 'down' : 'right'} size={14} /></ActionIcon>
          : <span style={{ width: 22, flex: 'none' }} />}
        {it.address !== null
          ? <Checkbox size="xs" aria-label={texts.pick(it.name)} label={<span className="te-wrap">{it.name}</span>} checked={props.picked.has(it.address)} onChange={(event) => props.onPick([{ node: it, parents }], event.currentTarget.checked)} />
          : <Text size="sm" className="te-wrap">{it.name}</Text>}
        <Text size="xs" c="dimmed" className="te-value" style={{ marginLeft: 'auto' }}>{value} {it.unit}</Text>
      </Group>
      {isOpen && <ul><Level {...props} node={it.node} parents={[...parents, it.name]} /></ul>}
    </li>
  );
}
