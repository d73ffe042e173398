/** The door: an API key for a session; the first visitor learns where the first key is. */
import { Alert, Box, Button, Group, List, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { signIn, type Session } from '../../api/session';
import { Icon } from '../../components/Icon';
import { session as texts } from '../../lib/texts/session';

export function SignIn({ hasEnded, onSignedIn }: { hasEnded: boolean; onSignedIn: (session: Session) => void }) {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      onSignedIn(await signIn(key.trim()));
    } catch (error) {
      const isWrong = error instanceof ApiError && error.status === 401;
      setFault(isWrong ? texts.wrong : (error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Box component="main" maw={460} mx="auto" mt={{ base: 'md', sm: '10vh' }} p="md">
      <form onSubmit={(event) => void submit(event)}>
        <Stack className="te-panel" p="xl">
          <Text fw={700} c="dimmed">{texts.product}</Text>
          <Title order={1} size="h2">{texts.title}</Title>
          {hasEnded && <Alert color="gray" variant="outline" role="status">{texts.ended}</Alert>}
          <Text size="sm">{texts.lead}</Text>
          <PasswordInput
            label={texts.key}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={fault}
            leftSection={<Icon name="key" size={16} />}
            autoComplete="off"
            autoFocus
            required
            visibilityToggleButtonProps={{ 'aria-label': texts.showKey }}
          />
          <Button type="submit" loading={isBusy}>{texts.submit}</Button>
        </Stack>
      </form>
      <Stack className="te-panel" p="xl" mt="md" gap="xs">
        <Group gap="xs"><Icon name="info" /><Title order={2} size="h5">{texts.firstTitle}</Title></Group>
        <List size="sm" spacing={6} styles={{ itemWrapper: { alignItems: 'baseline' } }}>
          {texts.first.map((line) => <List.Item key={line} className="te-wrap">{line}</List.Item>)}
        </List>
      </Stack>
    </Box>
  );
}
