import { Box, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { signIn, type Session } from '../../api/session';
import { session as texts } from '../../lib/texts/session';

export function SignIn({ onSignedIn }: { onSignedIn: (session: Session) => void }) {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      onSignedIn(await signIn(key));
    } catch (error) {
      const isWrong = error instanceof ApiError && error.status === 401;
      setFault(isWrong ? texts.wrong : (error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Box component="main" maw={420} mx="auto" mt="12vh" p="md">
      <form onSubmit={(event) => void submit(event)}>
        <Stack className="te-panel" p="lg">
          <Title order={1} size="h3">{texts.title}</Title>
          <Text size="sm">{texts.lead}</Text>
          <PasswordInput
            label={texts.key}
            description={texts.keyHint}
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
            error={fault}
            autoComplete="off"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
          />
          <Button type="submit" loading={isBusy}>{texts.submit}</Button>
        </Stack>
      </form>
    </Box>
  );
}
