/** Alert rules: `?id=` edits one of them, `?id=new` makes one. */
import { ActionIcon, Button, Group, Menu, Select, Switch, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { openAlertsQuery, SEVERITIES } from '../../api/alerts';
import { send } from '../../api/client';
import { leaves, rulesQuery, type Rule, type RuleDraft } from '../../api/rules';
import { Confirm } from '../../components/Confirm';
import { FailurePage } from '../../components/FailurePage';
import { Empty, Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { Severity } from '../../components/Severity';
import { rules as texts } from '../../lib/texts/rules';
import { modelsQuery } from './ConditionEditor';
import { ImportDialog } from './ImportDialog';
import { draftOf, RuleEditor } from './RuleEditor';
import './rules.css';
import { blank, sentence } from './sentence';

const NEW = 'new';

function fresh(tag: string, asset: string | null): RuleDraft {
  return {
    name: '', severity: 'warning', description: '', enabled: true, data_source_id: null, asset_id: asset, condition: blank('threshold', tag),
    notifications: [], repeat_seconds: null, schedule: null, group_by: null, latching: false, inhibits: 'none', escalation: [],
  };
}

export function Rules() {
  const search = useSearch({ strict: false }) as { id?: string; copy?: string; tag?: string; asset?: string };
  const navigate = useNavigate();
  const found = useQuery(rulesQuery);
  const show = (next: Record<string, string>) => void navigate({ to: '/rules', search: next as never });
  if (found.isPending) return <Waiting />;
  if (found.isLoadingError) return <FailurePage error={found.error} onRetry={() => void found.refetch()} />;
  const id = search.id === undefined ? undefined : String(search.id);
  const of = (wanted: string | undefined) => found.data.find((rule) => rule.id === wanted);
  if (id === NEW) {
    const model = of(search.copy === undefined ? undefined : String(search.copy));
    const start = model ? { ...draftOf(model), name: texts.copyName(model.name) } : fresh(String(search.tag ?? ''), search.asset === undefined ? null : String(search.asset));
    return <RuleEditor key={NEW} rule={null} start={start} onDone={() => show({})} />;
  }
  const rule = of(id);
  if (rule) return <RuleEditor key={rule.id} rule={rule} start={draftOf(rule)} onDone={() => show({})} />;
  return <List rules={found.data} onShow={show} />;
}

function List({ rules, onShow }: { rules: Rule[]; onShow: (search: Record<string, string>) => void }) {
  const client = useQueryClient();
  const open = useQuery(openAlertsQuery);
  const [words, setWords] = useState('');
  const [severity, setSeverity] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<Rule | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const act = async (method: 'POST' | 'DELETE', path: string) => {
    try {
      setError(null);
      await send(method, path);
    } catch (problem) {
      setError(problem as Error);
    }
    setDoomed(null);
    await client.invalidateQueries({ queryKey: ['rules'] });
  };
  const models = useQuery({ ...modelsQuery, enabled: rules.some((rule) => leaves(rule.condition).some((leaf) => leaf.model_id)) });
  const modelName = (id: string) => models.data?.find((model) => model.id === id)?.name ?? id;
  const asked = words.toLowerCase();
  const shown = rules.filter((rule) => (!severity || rule.severity === severity) && (!asked || [rule.name, rule.condition_text, rule.asset_id].some((text) => text?.toLowerCase().includes(asked))));
  const path = (rule: Rule) => `/v1/alert-rules/${encodeURIComponent(rule.id)}`;
  return (
    <Page title={texts.title} actions={
      <>
        <Button variant="default" component="a" href="/v1/alert-rules/export" download="rules.yaml" leftSection={<Icon name="download" size={16} />}>{texts.exportYaml}</Button>
        <Button variant="default" leftSection={<Icon name="upload" size={16} />} onClick={() => setImporting(true)}>{texts.importYaml}</Button>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => onShow({ id: NEW })}>{texts.create}</Button>
      </>
    }>
      {error && <Failure error={error} />}
      {rules.length === 0 ? <Empty title={texts.emptyTitle}><Text ta="center">{texts.emptyLead}</Text></Empty> : (
        <>
          <Group gap="sm">
            <TextInput size="xs" w={260} aria-label={texts.search} placeholder={texts.search} leftSection={<Icon name="search" size={14} />} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
            <Select size="xs" w={150} aria-label={texts.severity} placeholder={texts.any} clearable clearButtonProps={{ 'aria-label': texts.clear }} data={SEVERITIES} value={severity} onChange={setSeverity} />
          </Group>
          {shown.length === 0 && <Text c="dimmed">{texts.none}</Text>}
          <ul className="te-panel te-list">
            {shown.map((rule) => {
              const count = (open.data?.alerts ?? []).filter((alert) => alert.rule_id === rule.id).length;
              return (
                <li key={rule.id} data-off={!rule.enabled || undefined}>
                  <Switch aria-label={texts.enabled(rule.name)} checked={rule.enabled} onChange={() => void act('POST', `${path(rule)}/${rule.enabled ? 'disable' : 'enable'}`)} />
                  <span className="te-list-severity"><Severity level={rule.severity} isQuiet={count === 0} /></span>
                  <div className="te-list-main">
                    <UnstyledButton className="te-list-name te-wrap" aria-label={texts.edit(rule.name)} onClick={() => onShow({ id: rule.id })}>{rule.name}</UnstyledButton>
                    <Text size="sm" c="dimmed" className="te-wrap">{sentence(rule, modelName)}</Text>
                    {rule.warnings.map((one) => <Text key={one} size="xs" className="te-wrap">▲ {one}</Text>)}
                  </div>
                  {count > 0 ? <Link to="/alarms" search={{ rule: rule.id, view: 'all' } as never} className="te-go"><b>{texts.open(count)}</b></Link> : <Text size="xs" c="dimmed" className="te-list-count">{texts.open(0)}</Text>}
                  <Menu position="bottom-end">
                    <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={`${rule.name}: ${texts.duplicate}, ${texts.remove}`}><Icon name="more" /></ActionIcon></Menu.Target>
                    <Menu.Dropdown>
                      <Menu.Item leftSection={<Icon name="copy" size={16} />} onClick={() => onShow({ id: NEW, copy: rule.id })}>{texts.duplicate}</Menu.Item>
                      <Menu.Item leftSection={<Icon name="trash" size={16} />} onClick={() => setDoomed(rule)}>{texts.remove}</Menu.Item>
                    </Menu.Dropdown>
                  </Menu>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {doomed && <Confirm isOpen title={texts.removeTitle} action={texts.remove} onClose={() => setDoomed(null)} onConfirm={() => act('DELETE', path(doomed))}>{texts.removeSure(doomed.name)}</Confirm>}
      {isImporting && <ImportDialog onClose={() => setImporting(false)} onDone={() => { setImporting(false); void client.invalidateQueries({ queryKey: ['rules'] }); }} />}
    </Page>
  );
}
