/** What a page shows when there is nothing, or when something went wrong. */
import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { errors } from '../lib/texts/errors';

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack className="te-panel" align="center" p="xl" gap="sm">
      <Title order={2} size="h4">{title}</Title>
      {children}
    </Stack>
  );
}

export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  return (
    <Alert title={errors.title} color="gray" variant="outline" role="alert">
      <Text className="te-wrap">{error.message}</Text>
      {onRetry && <Button mt="sm" variant="default" onClick={onRetry}>{errors.retry}</Button>}
    </Alert>
  );
}

export function Waiting({ label = 'Loading' }: { label?: string }) {
  return <Center p="xl"><Loader type="dots" role="status" aria-label={label} /></Center>;
}
