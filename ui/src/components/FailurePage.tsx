/** A page that cannot be shown: why, in the server's words, and the way on. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { errors } from '../lib/texts/errors';
import { Page } from './Page';

const MISSING = 404;

export function FailurePage({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const isMissing = 'status' in error && error.status === MISSING;
  return (
    <Page title={isMissing ? errors.missing : errors.title}>
      <Stack className="te-panel" p="md" gap="xs" role="alert">
        <Text className="te-wrap">{error.message}</Text>
        <Group gap="sm">
          {onRetry && <Button variant="default" onClick={onRetry}>{errors.retry}</Button>}
          <Link to="/" className="te-go">{errors.toOverview}</Link>
        </Group>
      </Stack>
    </Page>
  );
}
