/** Rules from YAML: first what would change, then the change. */
import { Button, FileButton, Group, Stack, Switch, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { call } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Failure } from '../../components/Feedback';
import { rules as texts } from '../../lib/texts/rules';

interface Difference { dry_run: boolean; added: string[]; changed: string[]; removed: string[]; unchanged: string[] }

async function load(yaml: string, isReplacing: boolean, isTrial: boolean): Promise<Difference> {
  const url = new URL('/v1/alert-rules/import', location.origin);
  url.searchParams.set('mode', isReplacing ? 'replace' : 'merge');
  url.searchParams.set('dry_run', String(isTrial));
  const answer = await call(new Request(url, { method: 'POST', body: yaml, headers: { 'Content-Type': 'application/yaml' } }));
  return ((await answer.json()) as { data: Difference }).data;
}

export function ImportDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const [yaml, setYaml] = useState('');
  const [isReplacing, setReplacing] = useState(false);
  const [difference, setDifference] = useState<Difference | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const run = async (isTrial: boolean) => {
    try {
      setError(null);
      const found = await load(yaml, isReplacing, isTrial);
      setDifference(found);
      if (isTrial) return;
      notifications.show({ message: texts.imported, color: 'gray' });
      onDone();
    } catch (fault) {
      setDifference(null);
      setError(fault as Error);
    }
  };
  const edit = (text: string) => {
    setYaml(text);
    setDifference(null);
  };
  return (
    <Dialog title={texts.importTitle} size="lg" onClose={onClose}>
      <Stack>
        <Group><FileButton accept=".yaml,.yml,application/yaml,text/yaml" onChange={(file) => void file?.text().then(edit)}>{(props) => <Button variant="default" {...props}>{texts.importFile}</Button>}</FileButton></Group>
        <Textarea label={texts.importText} autosize minRows={6} maxRows={16} value={yaml} onChange={(event) => edit(event.currentTarget.value)} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />
        <Switch label={texts.replace} checked={isReplacing} onChange={(event) => { setReplacing(event.currentTarget.checked); setDifference(null); }} />
        {error && <Failure error={error} />}
        {difference && (
          <dl className="te-difference" role="status">
            {(['added', 'changed', 'removed', 'unchanged'] as const).map((kind) => (
              <div key={kind}><dt>{texts.difference[kind]} ({difference[kind].length})</dt><dd>{difference[kind].join(', ') || texts.nothing}</dd></div>
            ))}
          </dl>
        )}
        <Group justify="flex-end">
          <Button variant="default" disabled={!yaml.trim()} onClick={() => void run(true)}>{texts.compare}</Button>
          <Button disabled={difference === null} onClick={() => void run(false)}>{texts.applyImport}</Button>
        </Group>
        {difference === null && yaml.trim() !== '' && <Text size="xs" c="dimmed">{texts.compare}</Text>}
      </Stack>
    </Dialog>
  );
}
