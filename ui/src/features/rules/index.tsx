/** Alert rules: the list with its switches, and the editor. */
import { Button, Group, Switch, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { all, send } from '../../api/client';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Page } from '../../components/Page';
import { Severity } from '../../components/Severity';
import { rules as texts } from '../../lib/texts/rules';
import { RuleEditor } from './RuleEditor';
import { isSimple, sentence, type Rule } from './sentence';

export function Rules() {
  const client = useQueryClient();
  const [editing, setEditing] = useState<Rule | 'new' | null>(null);
  const [doomed, setDoomed] = useState<Rule | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const found = useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => all<Rule>('/v1/alert-rules', {}, signal) });
  const act = async (method: 'POST' | 'DELETE', path: string) => {
    try {
      setError(null);
      await send(method, path);
    } catch (problem) {
      setError(problem instanceof Error ? problem : new Error(String(problem)));
    }
    setDoomed(null);
    await client.invalidateQueries({ queryKey: ['rules'] });
  };
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (editing) return <RuleEditor rule={editing === 'new' ? null : editing} onDone={() => setEditing(null)} />;
  return (
    <Page title={texts.title} actions={<Button onClick={() => setEditing('new')}>{texts.create}</Button>}>
      {error && <Failure error={error} />}
      {doomed && (
        <Group role="alert" className="te-panel" p="sm">
          <Text>{texts.removeSure(doomed.name)}</Text>
          <Button variant="default" onClick={() => void act('DELETE', `/v1/alert-rules/${doomed.id}`)}>{texts.remove}</Button>
          <Button variant="subtle" onClick={() => setDoomed(null)}>{texts.cancel}</Button>
        </Group>
      )}
      {found.data.length === 0 ? (
        <Empty title={texts.emptyTitle}><Text>{texts.emptyLead}</Text></Empty>
      ) : (
        <div className="te-panel" style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={texts.title}>
          <Table>
            <Table.Tbody>
              {found.data.map((rule) => (
                <Table.Tr key={rule.id}>
                  <Table.Td>
                    <Switch aria-label={texts.enabled(rule.name)} checked={rule.enabled} onChange={() => void act('POST', `/v1/alert-rules/${rule.id}/${rule.enabled ? 'disable' : 'enable'}`)} />
                  </Table.Td>
                  <Table.Td><Severity level={rule.severity} /></Table.Td>
                  <Table.Td className="te-wrap"><Text fw={600}>{rule.name}</Text><Text size="sm" c="dimmed">{sentence(rule)}</Text></Table.Td>
                  <Table.Td>
                    <Group gap="xs" wrap="nowrap">
                      {isSimple(rule.condition) && <Button size="xs" variant="default" aria-label={texts.edit(rule.name)} onClick={() => setEditing(rule)}>✎</Button>}
                      <Button size="xs" variant="default" onClick={() => setDoomed(rule)}>{texts.remove}</Button>
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Page>
  );
}
