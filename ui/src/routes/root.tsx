import { createRootRoute, Link } from '@tanstack/react-router';
import { Empty, Failure } from '../components/Feedback';
import { shell } from '../lib/texts/shell';
import { Shell } from './Shell';

export const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Empty title={shell.notFound}><Link to="/">{shell.toOverview}</Link></Empty>,
  errorComponent: ({ error, reset }) => <Failure error={error as Error} onRetry={reset} />,
});
