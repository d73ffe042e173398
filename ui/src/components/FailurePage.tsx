/** A page that cannot be shown: why, in the server's words, and the way on. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { errors } from '../lib/texts/errors';
import { Page } from './Page';

const MISSING = 404;

/** Whether what was asked for is not there (any more). A page that has its data goes on through other errors. */
export const isMissing = (error: Error | null): error is Error => error !== null && 'status' in error && error.status === MISSING;

export function FailurePage({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  return (
    <Page title={isMissing(error) ? errors.missing : errors.title}>
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
