/** Around every page: navigation, alarm bar, connection state, theme. */
import { ActionIcon, AppShell, Burger, Group, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { activeAlertsQuery } from '../api/alerts';
import { useLink, useNow } from '../api/hooks';
import { live } from '../api/live';
import { mark, signOut } from '../api/session';
import { Severity } from '../components/Severity';
import { shell as texts } from '../lib/texts/shell';

const PAGES = [
  ['/', texts.nav.overview], ['/explorer', texts.nav.explorer], ['/sources', texts.nav.sources],
  ['/dashboards', texts.nav.dashboards], ['/alarms', texts.nav.alarms], ['/rules', texts.nav.rules],
  ['/models', texts.nav.models], ['/settings', texts.nav.settings],
] as const;

export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const path = useRouterState({ select: (state) => state.location.pathname });
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, []);
  useEffect(close, [path]);
  const leave = async () => {
    await signOut();
    mark.set(false);
    location.assign('/');
  };
  const themeName = texts.theme(isDark);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding="md">
      <AppShell.Header>
        <a href="#content" className="te-skip">{texts.skip}</a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={texts.menu} />
            <Text fw={700} visibleFrom="xs">{texts.product}</Text>
          </Group>
          <AlarmBar />
          <Group gap="sm" wrap="nowrap">
            <ConnectionState />
            <ActionIcon variant="default" size="lg" aria-label={themeName} title={themeName}
              onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
              <span aria-hidden="true">{isDark ? '☀' : '☾'}</span>
            </ActionIcon>
            <ActionIcon variant="default" size="lg" aria-label={texts.signOut} title={texts.signOut} onClick={() => void leave()}>
              <svg aria-hidden="true" width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2">
                <path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9" />
              </svg>
            </ActionIcon>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="te-nav" aria-label={texts.menu}>
        {PAGES.map(([to, name]) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>{name}</Link>
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}><Outlet /></AppShell.Main>
    </AppShell>
  );
}

function AlarmBar() {
  const alerts = useQuery(activeAlertsQuery);
  const order = ['critical', 'warning', 'info'];
  const top = [...(alerts.data?.data ?? [])].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))[0];
  return (
    <Link to="/alarms" style={{ color: 'inherit', minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontSize: 14 }}>
      {top && alerts.data ? (
        <><Severity level={top.severity} withWord={false} /> {texts.alarms(alerts.data.meta.total)} · {top.asset_id}: {top.rule_name}</>
      ) : texts.noAlarms}
    </Link>
  );
}

function ConnectionState() {
  const state = useLink();
  const seconds = Math.round((useNow() - live.heardAt) / 1000);
  const isLost = state === 'lost';
  return (
    <Text size="xs" role="status" c={isLost ? undefined : 'dimmed'} style={isLost ? { color: 'var(--te-critical)' } : undefined}>
      <span aria-hidden="true">{isLost ? '✕' : '●'}</span>{' '}
      <Text span inherit visibleFrom={isLost ? undefined : 'sm'}>{isLost ? texts.link.lost(seconds) : texts.link[state]}</Text>
    </Text>
  );
}
