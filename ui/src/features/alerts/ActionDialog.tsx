/** The note, reason and time that go with an action on one or many alarms. */
import { Button, Chip, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Verb } from '../../api/alerts';
import { Dialog } from '../../components/Dialog';
import { alerts as texts } from '../../lib/texts/alerts';

const HOUR = '3600';

export function ActionDialog({ verb, count, onDo, onClose }: { verb: Verb; count: number; onDo: (body: unknown) => void; onClose: () => void }) {
  const [note, setNote] = useState('');
  const [seconds, setSeconds] = useState(HOUR);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDo(verb === 'shelve' ? { duration_seconds: Number(seconds), reason: note } : verb === 'unshelve' ? undefined : { note: note || null });
  };
  return (
    <Dialog title={texts.ask[verb](count)} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{texts.explain[verb]}</Text>
          {verb === 'shelve' && (
            <Chip.Group value={seconds} onChange={(value) => setSeconds(String(value))}>
              <Group gap="xs" role="radiogroup" aria-label={texts.shelfTime}>
                {Object.entries(texts.shelfTimes).map(([value, name]) => <Chip key={value} value={value}>{name}</Chip>)}
              </Group>
            </Chip.Group>
          )}
          {verb !== 'unshelve' && (
            <Textarea data-autofocus label={verb === 'shelve' ? texts.reason : texts.note} autosize minRows={2} value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              onKeyDown={(event) => { if (event.key === 'Enter' && !event.shiftKey) submit(event); }} />
          )}
          <Group justify="flex-end"><Button type="submit">{texts[verb]}</Button></Group>
        </Stack>
      </form>
    </Dialog>
  );
}
