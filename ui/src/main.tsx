import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './lib/theme.css';
import './lib/shell.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError, whenSignedOut } from './api/client';
import { live } from './api/live';
import { getSession, mark } from './api/session';
import { Failure, Waiting } from './components/Feedback';
import { SignIn } from './features/session/SignIn';
import { theme } from './lib/theme';
import { router } from './routes/tree';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // What the server refuses stays refused; only silence is worth asking again.
      retry: (count, error) => count < 2 && error instanceof ApiError && error.status === 0,
    },
  },
});

/** `ended`: was in, and is not any more; the page stays where it was for when they sign in again. */
type Gate = 'asking' | 'out' | 'ended' | 'in' | Error;

function App() {
  const [gate, setGate] = useState<Gate>(mark.get() ? 'asking' : 'out');
  const enter = () => {
    mark.set(true);
    setGate('in');
  };
  useEffect(() => {
    const end = () => {
      mark.set(false);
      queries.clear();
      setGate('ended');
    };
    whenSignedOut(end);
    live.onSignedOut = end;
    if (!mark.get()) return;
    getSession().then(enter, (error: Error) => {
      setGate(error instanceof ApiError && error.status === 401 ? 'out' : error);
    });
  }, []);
  if (gate === 'asking') return <Waiting />;
  if (gate === 'out' || gate === 'ended') return <SignIn hasEnded={gate === 'ended'} onSignedIn={enter} />;
  if (gate instanceof Error) return <Failure error={gate} onRetry={() => location.reload()} />;
  return <RouterProvider router={router} />;
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Notifications position="bottom-right" />
        <App />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
