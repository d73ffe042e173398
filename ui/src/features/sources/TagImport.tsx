/** Tags from CSV: first the difference, then the change. */
import { Button, FileButton, Group, Stack, Switch, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ApiError } from '../../api/client';
import { importTags, type TagDifference } from '../../api/sources';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { sources as texts } from '../../lib/texts/sources';

const SHOWN = 50;

export function TagImport({ sourceId, onDone, onClose }: { sourceId: string; onDone: () => void; onClose: () => void }) {
  const [csv, setCsv] = useState('');
  const [isReplacing, setReplacing] = useState(false);
  const [difference, setDifference] = useState<TagDifference | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const edit = (text: string) => {
    setCsv(text);
    setDifference(null);
  };
  const run = async (isTrial: boolean) => {
    try {
      setError(null);
      const found = await importTags(sourceId, csv, isReplacing, isTrial);
      setDifference(found);
      if (isTrial) return;
      notifications.show({ message: texts.imported, color: 'gray' });
      onDone();
    } catch (fault) {
      setDifference(null);
      setError(fault as Error);
    }
  };
  return (
    <Dialog title={texts.importTitle} size="lg" onClose={onClose}>
      <Stack>
        <Group><FileButton accept=".csv,text/csv" onChange={(file) => void file?.text().then(edit)}>{(props) => <Button variant="default" {...props}>{texts.importFile}</Button>}</FileButton></Group>
        <Textarea label={texts.importText} autosize minRows={6} maxRows={16} value={csv} onChange={(event) => edit(event.currentTarget.value)} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />
        <Switch label={texts.replace} checked={isReplacing} onChange={(event) => { setReplacing(event.currentTarget.checked); setDifference(null); }} />
        {error && <Failure error={error} />}
        {error instanceof ApiError && error.faults.map((fault) => <Text key={fault.field} size="sm" className="te-wrap"><b>{fault.field}</b>: {fault.message}</Text>)}
        {difference && (
          <div role="status">
            {(['added', 'changed', 'removed'] as const).map((kind) => (
              <Text key={kind} size="sm" className="te-wrap"><b>{texts.difference[kind]} ({difference[kind].length})</b>: {difference[kind].slice(0, SHOWN).map((tag) => `${tag.asset_id} · ${tag.tag_name}`).join(', ') || texts.nothing}</Text>
            ))}
            <Text size="sm" c="dimmed">{texts.unchanged(difference.unchanged)}</Text>
          </div>
        )}
        <Group justify="flex-end">
          <Button variant="default" disabled={!csv.trim()} onClick={() => void run(true)}>{texts.compare}</Button>
          <Button disabled={difference === null} onClick={() => void run(false)}>{texts.importNow}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
