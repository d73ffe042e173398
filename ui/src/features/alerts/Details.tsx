/** One alarm beside the list: what it is, its trend, what happened, who was told. */
import { ActionIcon, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alertQuery, isUrgent, type Alert, type Verb } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { deliveriesQuery } from '../../api/notifications';
import { leaves, limitsOf, rulesQuery } from '../../api/rules';
import { curves } from '../../api/telemetry';
import { Failure, Waiting } from '../../components/Feedback';
import { Icon } from '../../components/Icon';
import { Severity } from '../../components/Severity';
import { TimeChart } from '../../components/TimeChart';
import { formatMoment, formatScalar, formatSpan, formatTime } from '../../lib/format';
import { alerts as texts } from '../../lib/texts/alerts';
import { heldSeconds, useUnits } from './AlarmTable';

const MINUTE_MS = 60_000;
const POINTS = 400;

interface DetailsProps { id: string; onClose: () => void; onAct: (verb: Verb) => void }

export function Details({ id, onClose, onAct }: DetailsProps) {
  const found = useQuery(alertQuery(id));
  return (
    <aside className="te-panel te-side" aria-label={texts.details} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} size="h4" className="te-wrap">{found.data?.rule_name ?? texts.details}</Title>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={texts.close} onClick={onClose}><Icon name="close" /></ActionIcon>
      </Group>
      {found.isPending ? <Waiting /> : found.isError ? <Failure error={found.error} /> : <Body alert={found.data} onAct={onAct} />}
    </aside>
  );
}

function Body({ alert, onAct }: { alert: Alert; onAct: (verb: Verb) => void }) {
  const since = Date.parse(alert.triggered_at);
  const unit = useUnits()(alert);
  const explorer = alert.asset_id && alert.tag_name ? { pens: [`${alert.asset_id}/${alert.tag_name}`], span: 3600 } : null;
  return (
    <Stack gap="md">
      <Group gap="sm"><Severity level={alert.severity} /><Text size="sm" fw={600}>{texts.states[alert.state]}</Text><Text size="sm" c="dimmed">{formatSpan(heldSeconds(alert, Date.now()))}</Text></Group>
      <Text className="te-wrap">{alert.message}</Text>
      {alert.status !== 'resolved' && (
        <Group gap="xs">
          {isUrgent(alert) && <Button size="xs" onClick={() => onAct('acknowledge')}>{texts.acknowledge}</Button>}
          <Button size="xs" variant="default" onClick={() => onAct(alert.state === 'shelved' ? 'unshelve' : 'shelve')}>{alert.state === 'shelved' ? texts.unshelve : texts.shelve}</Button>
          <Button size="xs" variant="default" onClick={() => onAct('resolve')}>{texts.resolve}</Button>
        </Group>
      )}
      <dl className="te-facts">
        <dt>{texts.columns.since}</dt><dd>{formatTime(since)}</dd>
        <dt>{texts.asset}</dt><dd>{alert.asset_id ?? '–'}{alert.tag_name && ` · ${alert.tag_name}`}</dd>
        <dt>{texts.valueThen}</dt><dd>{formatScalar(alert.value)} {unit}</dd>
        <dt>{texts.valueNow}</dt><dd>{formatScalar(alert.last_value)} {unit}</dd>
        {alert.limit && <><dt>{texts.columns.limit}</dt><dd>{alert.limit}</dd></>}
        <dt>{texts.columns.occurrences}</dt><dd>{alert.occurrences}</dd>
        {alert.note && <><dt>{texts.columns.note}</dt><dd>{alert.note}</dd></>}
      </dl>
      <Group gap="md">
        {alert.rule_id && <Link to="/rules" search={{ id: alert.rule_id } as never} className="te-go"><Icon name="rules" size={14} /> {texts.toRule}</Link>}
        {alert.asset_id && <Link to="/assets/$assetId" params={{ assetId: alert.asset_id }} className="te-go"><Icon name="assets" size={14} /> {texts.toAsset}</Link>}
        {explorer && <Link to="/explorer" search={explorer as never} className="te-go"><Icon name="explorer" size={14} /> {texts.toExplorer}</Link>}
      </Group>
      {alert.asset_id && alert.tag_name && <Around alert={alert} asset={alert.asset_id} tag={alert.tag_name} />}
      {alert.member_count > 1 && (
        <section>
          <Title order={3} size="h6">{texts.assets}</Title>
          {alert.members.map((member) => <Text key={member.asset_id} size="sm" c={member.resolved_at ? 'dimmed' : undefined} className="te-wrap">{member.message}</Text>)}
        </section>
      )}
      <section>
        <Title order={3} size="h6" mb={6}>{texts.timeline}</Title>
        <ol className="te-timeline">
          {alert.history.map((entry, index) => (
            <li key={index}>
              <Text size="sm"><b>{texts.events[entry.event] ?? entry.event}</b> {texts.by(entry.actor)}</Text>
              <Text size="xs" c="dimmed" className="te-value">{formatTime(Date.parse(entry.timestamp))}</Text>
              {entry.note && <Text size="sm" className="te-wrap">{entry.note}</Text>}
            </li>
          ))}
        </ol>
      </section>
      <Told id={alert.id} />
    </Stack>
  );
}

function Around({ alert, asset, tag }: { alert: Alert; asset: string; tag: string }) {
  const assets = useQuery(assetsQuery);
  const rules = useQuery(rulesQuery);
  const begin = Date.parse(alert.triggered_at);
  const end = alert.resolved_at ? Date.parse(alert.resolved_at) : null;
  const held = (end ?? Date.now()) - begin;
  const margin = Math.min(Math.max(held * 0.5, 5 * MINUTE_MS), 60 * MINUTE_MS);
  const found = useQuery({
    queryKey: ['alerts', 'around', alert.id, end],
    refetchInterval: end === null ? 5000 : false,
    queryFn: async ({ signal }) => {
      const from = begin - margin;
      const to = end === null ? Date.now() : end + margin;
      return { from, to, lines: await curves([{ asset_id: asset, tag_name: tag }], from, to, POINTS, signal) };
    },
  });
  const unit = assets.data?.find((one) => one.id === asset)?.tags.find((it) => it.tag_name === tag)?.unit ?? null;
  const rule = rules.data?.find((one) => one.id === alert.rule_id);
  const limits = rule ? leaves(rule.condition).filter((leaf) => leaf.tag_name === tag).flatMap(limitsOf) : [];
  if (!found.data) return null;
  return (
    <section>
      <Title order={3} size="h6" mb={6}>{texts.trend}</Title>
      <TimeChart label={texts.trend} height={180} from={found.data.from} to={found.data.to}
        traces={found.data.lines.map((line) => ({ ...line, label: tag, unit }))}
        thresholds={limits.map((value) => ({ value, label: '' }))} />
    </section>
  );
}

function Told({ id }: { id: string }) {
  const found = useQuery(deliveriesQuery({ alert_id: id }));
  const rows = found.data?.data ?? [];
  return (
    <section>
      <Title order={3} size="h6" mb={6}>{texts.deliveries}</Title>
      {found.isSuccess && rows.length === 0 && <Text size="sm" c="dimmed">{texts.noDeliveries}</Text>}
      {rows.map((one) => (
        <Text key={one.id} size="sm" className="te-wrap">
          <b>{one.channel}</b>: {texts.deliveryStates[one.status] ?? one.status} <Text span size="xs" c="dimmed">{formatMoment(Date.parse(one.created_at))} {one.detail ?? one.attempts.at(-1)?.detail ?? ''}</Text>
        </Text>
      ))}
    </section>
  );
}
