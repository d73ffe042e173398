/** Which alarms stand in which view, in which order, and what hides behind what; pure. */
import { byUrgency, isUrgent, type Alert } from '../../api/alerts';
import type { View } from './search';

export interface Row {
  alert: Alert;
  /** Explained by the row above. */
  isChild: boolean;
  /** How many others this one explains. */
  explains: number;
}

const IN_VIEW: Record<View, (alert: Alert) => boolean> = {
  attention: (alert) => isUrgent(alert) || alert.state === 'acknowledged',
  acknowledged: (alert) => alert.state === 'acknowledged',
  shelved: (alert) => alert.state === 'shelved' || alert.state === 'out_of_service',
  suppressed: (alert) => alert.state === 'suppressed',
  all: () => true,
};

export const countOf = (alerts: Alert[], view: View): number => alerts.filter(IN_VIEW[view]).length;

export interface Wanted {
  view: View;
  severity?: string | undefined;
  asset?: string | undefined;
  rule?: string | undefined;
  q?: string | undefined;
}

export function matches(alert: Alert, { severity, asset, rule, q }: Omit<Wanted, 'view'>): boolean {
  if (severity && alert.severity !== severity) return false;
  if (asset && alert.asset_id !== asset && !alert.members?.some((member) => member.asset_id === asset)) return false;
  if (rule && alert.rule_id !== rule) return false;
  if (!q) return true;
  const asked = q.toLowerCase();
  return [alert.rule_name, alert.message, alert.asset_id, alert.tag_name, alert.note].some((text) => text?.toLowerCase().includes(asked));
}

/** The rows of a view: a cause, and below it what it explains if it is unfolded. */
export function rowsOf(alerts: Alert[], wanted: Wanted, unfolded: ReadonlySet<string>): Row[] {
  const children = new Map<string, Alert[]>();
  for (const alert of alerts) {
    if (alert.suppressed_by === null) continue;
    children.set(alert.suppressed_by, [...(children.get(alert.suppressed_by) ?? []), alert]);
  }
  return alerts
    .filter((alert) => IN_VIEW[wanted.view](alert) && matches(alert, wanted))
    .sort(byUrgency)
    .flatMap((alert) => {
      const own = children.get(alert.id) ?? [];
      const row: Row = { alert, isChild: false, explains: own.length };
      if (!unfolded.has(alert.id)) return [row];
      return [row, ...own.sort(byUrgency).map((child): Row => ({ alert: child, isChild: true, explains: 0 }))];
    });
}
