/** Who is signed in, and how they want to see times and colours. */
import { ActionIcon, Button, NativeSelect, Popover, Stack, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
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
    <Popover width={280} position="bottom-end">
      <Popover.Target>
        <ActionIcon variant="default" size="lg" aria-label={texts.account(name)} title={texts.account(name)}><Icon name="user" /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.account(name)}>
        <Stack gap="sm">
          <div>
            <Text size="sm" fw={600} className="te-wrap">{texts.account(name)}</Text>
            <Text size="xs" c="dimmed" className="te-wrap">{texts.scopes(session.data?.scopes ?? [])}</Text>
          </div>
          <NativeSelect size="xs" label={texts.zone} value={zone()} onChange={(event) => setZone(event.currentTarget.value === localZone ? null : event.currentTarget.value)}
            data={zones().map((it) => ({ value: it, label: it === localZone ? texts.zoneLocal(it) : it }))} />
          <Button variant="default" leftSection={<Icon name={isDark ? 'sun' : 'moon'} size={16} />} onClick={() => setColorScheme(isDark ? 'light' : 'dark')}>{themeName}</Button>
          <Button variant="default" leftSection={<Icon name="leave" size={16} />} onClick={() => void leave()}>{texts.signOut}</Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
