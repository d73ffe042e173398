/** Around every page: navigation, alarm bar, connection state, who is here. */
import { ActionIcon, AppShell, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys, useLocalStorage } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import { followAlerts } from '../api/alerts';
import { live } from '../api/live';
import { Icon, type IconName } from '../components/Icon';
import { soundAlarm } from '../lib/sound';
import { shell as texts } from '../lib/texts/shell';
import { onZone, zone } from '../lib/zone';
import { Account } from './shell/Account';
import { AlarmBar } from './shell/AlarmBar';
import { ConnectionState, LostBanner } from './shell/Connection';
import { Palette } from './shell/Palette';

const PAGES: readonly (readonly [string, string, IconName])[] = [
  ['/', texts.nav.overview, 'overview'], ['/explorer', texts.nav.explorer, 'explorer'],
  ['/dashboards', texts.nav.dashboards, 'dashboards'], ['/alarms', texts.nav.alarms, 'alarms'],
  ['/rules', texts.nav.rules, 'rules'], ['/sources', texts.nav.sources, 'sources'],
  ['/models', texts.nav.models, 'models'], ['/settings', texts.nav.settings, 'settings'],
];
const WIDE_PX = 208;
const NARROW_PX = 60;

export function Shell() {
  const client = useQueryClient();
  const [isOpen, { toggle, close }] = useDisclosure();
  const [isNarrow, setNarrow] = useLocalStorage({ key: 'twinedge.nav-narrow', defaultValue: false });
  const [isSearching, search] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const timeZone = useSyncExternalStore(onZone, zone);
  useHotkeys([['mod+K', search.open]], []);
  useEffect(() => {
    live.start();
    const ends = [followAlerts(client, soundAlarm), live.onReturn(() => void client.invalidateQueries())];
    return () => {
      for (const end of ends) end();
      live.stop();
    };
  }, [client]);
  useEffect(close, [path]);
  const narrowName = isNarrow ? texts.expand : texts.collapse;
  return (
    <AppShell header={{ height: 52 }} padding="md"
      navbar={{ width: isNarrow ? NARROW_PX : WIDE_PX, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}>
      <AppShell.Header className="te-header">
        <a href="#content" className="te-skip">{texts.skip}</a>
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={texts.menu} />
          <Link to="/" className="te-brand" aria-label={texts.product}>
            <Mark /><Text span fw={700} visibleFrom="md">{texts.product}</Text>
          </Link>
          <AlarmBar />
          <UnstyledButton className="te-search" onClick={search.open} visibleFrom="sm" aria-keyshortcuts="Control+K">
            <Icon name="search" size={16} /><Text span size="sm" visibleFrom="lg">{texts.palette.short}</Text><kbd>Ctrl K</kbd>
          </UnstyledButton>
          <ConnectionState />
          <Account />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="te-nav" aria-label={texts.menu} data-narrow={isNarrow || undefined}>
        {PAGES.map(([to, name, icon]) => (
          <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} title={isNarrow ? name : undefined}>
            <Icon name={icon} size={20} /><span>{name}</span>
          </Link>
        ))}
        <ActionIcon visibleFrom="sm" mt="auto" variant="subtle" color="gray" size="lg" aria-label={narrowName} title={narrowName}
          onClick={() => setNarrow(!isNarrow)}>
          <Icon name={isNarrow ? 'right' : 'left'} />
        </ActionIcon>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <LostBanner />
        <Outlet key={timeZone} />
      </AppShell.Main>
      {isSearching && <Palette pages={PAGES} onClose={search.close} />}
    </AppShell>
  );
}

function Mark() {
  return (
    <svg aria-hidden="true" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round">
      <path d="M3 16l4-7 4 9 4-13 3 8h3" />
    </svg>
  );
}
