/** Who is signed in, and how they want to see times and colours. */
import { ActionIcon, Menu, Select, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mark, sessionQuery, signOut } from '../../api/session';
import { Icon } from '../../components/Icon';
import { shell as texts } from '../../lib/texts/shell';
import { localZone, setZone, zone, zones } from '../../lib/zone';

export function Account() {
  const session = useQuery(sessionQuery);
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  const themeName = texts.theme(isDark);
  const name = session.data?.name ?? '';
  const leave = async () => {
    await signOut();
    mark.set(false);
    location.assign('/');
  };
  return (
    <>
      <ActionIcon variant="default" size="lg" aria-label={themeName} title={themeName} visibleFrom="xs"
        onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>
        <Icon name={isDark ? 'sun' : 'moon'} />
      </ActionIcon>
      <Menu width={260} position="bottom-end" closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={texts.account(name)} title={texts.account(name)}><Icon name="user" /></ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <div style={{ padding: '6px 12px' }}>
            <Text size="sm" fw={600} className="te-wrap">{texts.account(name)}</Text>
            <Text size="xs" c="dimmed" className="te-wrap">{texts.scopes(session.data?.scopes ?? [])}</Text>
            <Select mt="sm" size="xs" label={texts.zone} searchable allowDeselect={false} value={zone()} comboboxProps={{ withinPortal: false }}
              data={zones().map((it) => ({ value: it, label: it === localZone ? texts.zoneLocal(it) : it }))}
              onChange={(it) => it && setZone(it === localZone ? null : it)} limit={60} />
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<Icon name={isDark ? 'sun' : 'moon'} size={16} />} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>{themeName}</Menu.Item>
          <Menu.Item leftSection={<Icon name="leave" size={16} />} onClick={() => void leave()}>{texts.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
