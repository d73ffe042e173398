/** The simulated plant: started by one click on an empty server, and again where it was before. */
import { Button, Code, Group, Loader, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { demoQuery, startDemo } from '../../api/demo';
import { sessionQuery } from '../../api/session';
import { Icon } from '../../components/Icon';
import { overview as texts } from '../../lib/texts/overview';

/** Its state, for those who may ask; and a click that starts it. */
function useDemo() {
  const client = useQueryClient();
  const isAdmin = useQuery(sessionQuery).data?.scopes.includes('admin') === true;
  const plant = useQuery({ ...demoQuery, enabled: isAdmin, retry: false }).data;
  const [fault, setFault] = useState<string | null>(null);
  const isRunning = plant?.state === 'running';
  // what it made is new to every page
  useEffect(() => void (isRunning && client.invalidateQueries()), [isRunning]);
  const start = () => startDemo().then((now) => { setFault(null); client.setQueryData(demoQuery.queryKey, now); }, (error: Error) => setFault(error.message));
  return { plant, fault: fault ?? plant?.error ?? null, start: () => void start() };
}

/** On a server that has nothing yet. */
export function DemoCard() {
  const { plant, fault, start } = useDemo();
  const isStarting = plant?.state === 'starting' || plant?.state === 'running';
  return (
    <Stack className="te-panel" p="lg">
      <Text fw={650}>{texts.demoTitle}</Text>
      <Text size="sm" c="dimmed">{texts.demo}</Text>
      <Stack mt="auto" gap="xs">
        {fault && <Text size="sm" role="alert" className="te-wrap">{fault}</Text>}
        {isStarting ? <Starting step={plant.step} />
          : plant ? <Button variant="default" leftSection={<Icon name="play" size={16} />} onClick={start}>{texts.startDemo}</Button>
            : <><Text size="sm">{texts.demoByShell}</Text><Code block>twinedge demo</Code></>}
      </Stack>
    </Stack>
  );
}

/** Where a demo was before and is not now: its values stand still, and this is why. */
export function DemoBanner() {
  const { plant, fault, start } = useDemo();
  if (!plant?.is_ours || plant.state === 'running') return null;
  return (
    <Group className="te-panel" p="sm" justify="space-between">
      {plant.state === 'starting' ? <Starting step={plant.step} /> : (
        <>
          <Text size="sm" className="te-wrap">{fault ? texts.demoFailed(fault) : texts.demoIsOff}</Text>
          <Button size="xs" variant="default" leftSection={<Icon name="play" size={14} />} onClick={start}>{texts.startDemo}</Button>
        </>
      )}
    </Group>
  );
}

const Starting = ({ step }: { step: string }) => (
  <Group gap="sm" role="status" wrap="nowrap"><Loader size="xs" aria-hidden="true" /><Text size="sm">{step}</Text></Group>
);
