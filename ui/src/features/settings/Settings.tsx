/** Settings, one subject a tab; `?tab=` keeps it in the address. */
import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Icon, type IconName } from '../../components/Icon';
import { Page } from '../../components/Page';
import { settings as texts } from '../../lib/texts/settings';
import { About } from './About';
import { AuditLog } from './AuditLog';
import { Backups } from './Backups';
import { Channels } from './Channels';
import { Deliveries } from './Deliveries';
import { Health } from './Health';
import { Keys } from './Keys';
import { Maintenance } from './Maintenance';
import { Routes } from './Routes';

type Tab = keyof typeof texts.tabs;
const PANELS: Record<Tab, [IconName, () => React.JSX.Element]> = {
  keys: ['key', Keys], channels: ['mail', Channels], routes: ['route', Routes], maintenance: ['wrench', Maintenance],
  deliveries: ['history', Deliveries], health: ['heart', Health], backups: ['download', Backups], audit: ['rules', AuditLog], about: ['info', About],
};

export function Settings() {
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const at = tab !== undefined && tab in PANELS ? (tab as Tab) : 'keys';
  return (
    <Page title={texts.title}>
      <Tabs value={at} onChange={(next) => void navigate({ to: '/settings', search: { tab: next } as never })} keepMounted={false}>
        <Tabs.List mb="md" className="te-tabs">
          {(Object.keys(PANELS) as Tab[]).map((name) => <Tabs.Tab key={name} value={name} leftSection={<Icon name={PANELS[name][0]} size={16} />}>{texts.tabs[name]}</Tabs.Tab>)}
        </Tabs.List>
        {(Object.keys(PANELS) as Tab[]).map((name) => {
          const Panel = PANELS[name][1];
          return <Tabs.Panel key={name} value={name}><Panel /></Tabs.Panel>;
        })}
      </Tabs>
    </Page>
  );
}
