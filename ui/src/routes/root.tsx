import { createRootRoute } from '@tanstack/react-router';
import { FailurePage } from '../components/FailurePage';
import { shell } from '../lib/texts/shell';
import { Shell } from './Shell';

export const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <FailurePage error={Object.assign(new Error(shell.notFound), { status: 404 })} />,
  errorComponent: ({ error, reset }) => <FailurePage error={error as Error} onRetry={reset} />,
});
