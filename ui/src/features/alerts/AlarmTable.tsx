/** Alarms as rows of a grid, drawn only where one looks; as cards on a phone. */
import { Button, Checkbox, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { isUrgent, type Alert } from '../../api/alerts';
import { assetsQuery } from '../../api/assets';
import { useNow } from '../../api/hooks';
import { Severity } from '../../components/Severity';
import { formatMoment, formatScalar, formatSpan, formatTime } from '../../lib/format';
import { alerts as texts } from '../../lib/texts/alerts';
import type { Row } from './rows';

const ROW_PX = 46;
const CARD_PX = 172;
const HEAD_PX = 42;

export interface AlarmTableProps {
  label: string;
  rows: Row[];
  at: number;
  onAt: (index: number) => void;
  onOpen: (alert: Alert) => void;
  /** Without it nothing can be chosen or acted on. */
  actions?: {
    chosen: ReadonlySet<string>;
    onChoose: (id: string) => void;
    onChooseAll: () => void;
    onAcknowledge: (alert: Alert) => void;
    onUnfold: (alert: Alert) => void;
  };
  onKey: (event: KeyboardEvent) => void;
}

export function useUnits(): (alert: Alert) => string {
  const assets = useQuery(assetsQuery);
  const units = new Map((assets.data ?? []).flatMap((asset) => asset.tags.map((tag) => [`${asset.id}\n${tag.tag_name}`, tag.unit ?? ''])));
  return (alert) => units.get(`${alert.asset_id}\n${alert.tag_name}`) ?? '';
}

/** How long it held: until it cleared or was resolved, else until now. */
export function heldSeconds(alert: Alert, now: number): number {
  const end = alert.resolved_at ?? alert.cleared_at;
  return ((end === null ? now : Date.parse(end)) - Date.parse(alert.triggered_at)) / 1000;
}

export function AlarmTable(props: AlarmTableProps) {
  const { label, rows, at, onKey, actions } = props;
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false;
  const box = useRef<HTMLDivElement>(null);
  const unitOf = useUnits();
  const now = useNow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => (isPhone ? CARD_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.alert.id ?? index,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [isPhone, virtual]);
  useEffect(() => {
    if (rows.length > 0) virtual.scrollToIndex(Math.min(at, rows.length - 1));
    // Only a move of the mark scrolls, not every new alarm.
  }, [at]);
  const { columns } = texts;
  const narrow = [columns.severity, columns.state, columns.since, columns.asset, columns.message, columns.value];
  const wide = [columns.limit, columns.duration, columns.occurrences, columns.note];
  const isAll = actions !== undefined && rows.length > 0 && rows.every((row) => actions.chosen.has(row.alert.id));
  return (
    <div ref={box} className="te-panel te-alarms" role="grid" aria-label={label} aria-rowcount={rows.length + 1} tabIndex={0} onKeyDown={onKey}
      aria-activedescendant={rows[at] ? `row-${rows[at].alert.id}` : undefined} data-plain={actions === undefined || undefined} data-cards={isPhone || undefined} style={{ height: virtual.getTotalSize() + HEAD_PX }}>
      {!isPhone && (
        <div role="row" className="te-alarm-row te-alarm-head" aria-rowindex={1}>
          {actions && <span role="columnheader"><Checkbox size="xs" aria-label={texts.chooseAll} checked={isAll} indeterminate={!isAll && actions.chosen.size > 0} onChange={actions.onChooseAll} /></span>}
          {narrow.map((head) => <span role="columnheader" data-asset={head === columns.asset || undefined} key={head}>{head}</span>)}
          {wide.map((head, i) => <span role="columnheader" data-wide={i === 1 ? 'first' : 'last'} key={head}>{head}</span>)}
          {actions && <span role="columnheader" data-action>{columns.action}</span>}
        </div>
      )}
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const Body = isPhone ? Card : Line;
          return (
            <div key={item.key} id={`row-${row.alert.id}`} role="row" aria-rowindex={item.index + 2} aria-selected={actions?.chosen.has(row.alert.id) ?? false}
              className={isPhone ? 'te-alarm-card' : 'te-alarm-row'} data-at={item.index === at || undefined} data-child={row.isChild || undefined}
              data-severity={row.alert.severity} data-urgent={isUrgent(row.alert) || undefined}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={() => props.onAt(item.index)} onDoubleClick={() => props.onOpen(row.alert)}>
              <Body row={row} unit={unitOf(row.alert)} now={now} table={props} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface BodyProps { row: Row; unit: string; now: number; table: AlarmTableProps }

function Line({ row: { alert, isChild, explains }, unit, now, table: { actions, onOpen } }: BodyProps) {
  const since = Date.parse(alert.triggered_at);
  return (
    <>
      {actions && <span role="gridcell"><Checkbox size="xs" aria-label={texts.choose(alert.rule_name)} checked={actions.chosen.has(alert.id)} onChange={() => actions.onChoose(alert.id)} /></span>}
      <span role="gridcell" className={isUrgent(alert) ? 'te-unseen-shape' : undefined}>{isChild && <span aria-hidden="true">└ </span>}<Severity level={alert.severity} /></span>
      <span role="gridcell" className="te-state">{texts.states[alert.state]}</span>
      <span role="gridcell" className="te-value te-time" title={formatTime(since)}>{formatMoment(since)}</span>
      <span role="gridcell" data-asset className="te-cut" title={alert.asset_id ?? ''}>{alert.asset_id ?? '–'}</span>
      <span role="gridcell" className="te-said">
        <UnstyledButton className="te-message" onClick={() => onOpen(alert)} title={alert.message}><span className="te-hidden">{texts.open} </span><b>{alert.rule_name}</b><small>{alert.message}</small></UnstyledButton>
        {explains > 0 && actions && <Button size="compact-xs" variant="default" ml={6} onClick={() => actions.onUnfold(alert)} title={texts.explained(explains)} aria-label={texts.explained(explains)}>{texts.explainedShort(explains)}</Button>}
        {alert.member_count > 1 && <Text span size="xs" c="dimmed" ml={6}>{texts.members(alert.members_open, alert.member_count)}</Text>}
      </span>
      <span role="gridcell" className="te-value te-number">{formatScalar(alert.last_value ?? alert.value)} <small>{unit}</small></span>
      <span role="gridcell" data-wide="last" className="te-cut" title={alert.limit ?? ''}>{alert.limit ?? '–'}</span>
      <span role="gridcell" data-wide="first" className="te-value te-number">{formatSpan(heldSeconds(alert, now))}</span>
      <span role="gridcell" data-wide="last" className="te-value te-number">{alert.occurrences}</span>
      <span role="gridcell" data-wide="last" className="te-cut" title={alert.note ?? ''}>{alert.note}</span>
      {actions && (
        <span role="gridcell" data-action>
          {isUrgent(alert) && <Button size="compact-sm" variant="default" onClick={() => actions.onAcknowledge(alert)}>{texts.acknowledge}</Button>}
        </span>
      )}
    </>
  );
}

function Card({ row: { alert, explains }, unit, now, table: { actions, onOpen } }: BodyProps) {
  return (
    <div role="gridcell" className="te-card-body">
      <div className="te-card-line">
        <span className={isUrgent(alert) ? 'te-unseen-shape' : undefined}><Severity level={alert.severity} /></span>
        <span className="te-state">{texts.states[alert.state]}</span>
        <span className="te-value te-soft">{formatMoment(Date.parse(alert.triggered_at))}</span>
      </div>
      <UnstyledButton className="te-card-message" onClick={() => onOpen(alert)}><span className="te-hidden">{texts.open} </span><b>{alert.rule_name}</b><small>{alert.message}</small></UnstyledButton>
      <div className="te-card-line">
        <span className="te-value te-soft">{formatScalar(alert.last_value ?? alert.value)} {unit} · {formatSpan(heldSeconds(alert, now))}{explains > 0 && ` · ${texts.explainedShort(explains)}`}</span>
        {actions && (
          <span className="te-card-line">
            {isUrgent(alert) && <Button size="xs" h={44} variant="default" onClick={() => actions.onAcknowledge(alert)}>{texts.acknowledge}</Button>}
            <Checkbox size="md" aria-label={texts.choose(alert.rule_name)} checked={actions.chosen.has(alert.id)} onChange={() => actions.onChoose(alert.id)} />
          </span>
        )}
      </div>
    </div>
  );
}
