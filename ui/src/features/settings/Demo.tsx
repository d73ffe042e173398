/** The simulated plant beside this server: whether it runs, and its switch. */
import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { demoQuery, startDemo, stopDemo, type DemoPlant } from '../../api/demo';
import { settings as texts } from '../../lib/texts/settings';

export function Demo() {
  const client = useQueryClient();
  const plant = useQuery({ ...demoQuery, retry: false });
  const [fault, setFault] = useState<string | null>(null);
  // a server in use never had one and cannot have one: then there is nothing to say
  if (!plant.data?.is_ours) return null;
  const { state, step, error } = plant.data;
  const isOn = state === 'starting' || state === 'running';
  const act = (work: () => Promise<DemoPlant>) => void work().then((now) => { setFault(null); client.setQueryData(demoQuery.queryKey, now); }, (problem: Error) => setFault(problem.message));
  return (
    <Group className="te-panel" p="md" justify="space-between">
      <div>
        <Title order={2} size="h5">{texts.demo}</Title>
        <Text size="sm" c="dimmed" role="status" className="te-wrap">{fault ?? error ?? texts.demoStates[state]}{step && `: ${step}`}</Text>
      </div>
      <Button variant="default" onClick={() => act(isOn ? stopDemo : startDemo)}>{isOn ? texts.demoStop : texts.demoStart}</Button>
    </Group>
  );
}
