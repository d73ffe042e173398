/** Alarms: what is wrong now, what was, and how good the alarms are. */
import { ActionIcon, Button, Group, Table, Tabs } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeAlerts, type Verb } from '../../api/alerts';
import { Dialog } from '../../components/Dialog';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { isSoundOn, setSound } from '../../lib/sound';
import { alerts as texts } from '../../lib/texts/alerts';
import { ActionDialog } from './ActionDialog';
import './alarms.css';
import { Console } from './Console';
import { Details } from './Details';
import { History } from './History';
import { Statistics } from './Statistics';
import { useAlarmSearch, type AlarmSearch } from './search';

export function Alarms() {
  const [search, setSearch] = useAlarmSearch();
  const client = useQueryClient();
  const [hasSound, setHasSound] = useState(isSoundOn);
  const [isHelping, setHelping] = useState(false);
  const [verb, setVerb] = useState<Verb | null>(null);
  const tab = search.tab ?? 'open';
  const act = async (id: string, body: unknown) => {
    if (!verb) return;
    setVerb(null);
    const refused = await changeAlerts(verb, [id], body);
    notifications.show({ message: refused[0] ?? texts.done[verb](1), color: 'gray' });
    await client.invalidateQueries({ queryKey: ['alerts'] });
  };
  const sound = () => {
    setSound(!hasSound);
    setHasSound(!hasSound);
  };
  return (
    <Page title={texts.title} actions={
      <>
        <ActionIcon variant="default" size="lg" aria-pressed={hasSound} aria-label={texts.sound(hasSound)} title={texts.sound(hasSound)} onClick={sound}><Icon name={hasSound ? 'sound' : 'silent'} /></ActionIcon>
        <Button size="sm" variant="default" visibleFrom="sm" onClick={() => setHelping(true)}>{texts.keysShort}</Button>
      </>
    }>
      <Tabs value={tab} onChange={(next) => setSearch({ tab: next === 'open' ? undefined : (next as AlarmSearch['tab']), alert: undefined })} keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="open" leftSection={<Icon name="alarms" size={16} />}>{texts.tabs.open}</Tabs.Tab>
          <Tabs.Tab value="history" leftSection={<Icon name="history" size={16} />}>{texts.tabs.history}</Tabs.Tab>
          <Tabs.Tab value="statistics" leftSection={<Icon name="bars" size={16} />}>{texts.tabs.statistics}</Tabs.Tab>
        </Tabs.List>
        <div className="te-split">
          <div className="te-split-main">
            <Tabs.Panel value="open"><div className="te-stack"><Console onHelp={() => setHelping(true)} /></div></Tabs.Panel>
            <Tabs.Panel value="history"><div className="te-stack"><History /></div></Tabs.Panel>
            <Tabs.Panel value="statistics"><Statistics /></Tabs.Panel>
          </div>
          {search.alert && <Details id={search.alert} onClose={() => setSearch({ alert: undefined })} onAct={setVerb} />}
        </div>
      </Tabs>
      {isHelping && (
        <Dialog title={texts.keysTitle} onClose={() => setHelping(false)}>
          <Table><Table.Tbody>{texts.keys.map(([key, what]) => <Table.Tr key={key}><Table.Td><kbd>{key}</kbd></Table.Td><Table.Td>{what}</Table.Td></Table.Tr>)}</Table.Tbody></Table>
        </Dialog>
      )}
      {verb && search.alert && <Group><ActionDialog verb={verb} count={1} onClose={() => setVerb(null)} onDo={(body) => void act(search.alert ?? '', body)} /></Group>}
    </Page>
  );
}
