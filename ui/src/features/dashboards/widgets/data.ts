/** What widgets ask for: the pen an option names, its unit, its alarm, its limits. */
import { useQuery } from '@tanstack/react-query';
import { byUrgency, isUrgent, openAlertsQuery, type Alert } from '../../../api/alerts';
import { assetsQuery, type AssetTag } from '../../../api/assets';
import { leaves, limitsOf, rulesQuery } from '../../../api/rules';
import type { Pen } from '../../../api/telemetry';
import { assetOf, type Options, type PenOptions, type Widget } from '../grid';

export interface BodyProps {
  widget: Widget;
  /** What the viewer chose for each variable. */
  chosen: Record<string, string>;
  height: number;
  /** The period of all trends in seconds; null: each its own. */
  span: number | null;
}

export const penOf = (options: Options | PenOptions, chosen: Record<string, string>): Pen => ({
  asset_id: assetOf(options.asset_id ?? '', chosen),
  tag_name: options.tag_name ?? '',
});

export function useTag(): (pen: Pen) => AssetTag | undefined {
  const assets = useQuery(assetsQuery);
  return (pen) => assets.data?.find((one) => one.id === pen.asset_id)?.tags.find((tag) => tag.tag_name === pen.tag_name);
}

/** The most urgent open alarm of a tag. */
export function useAlarmOf(pen: Pen): Alert | undefined {
  const open = useQuery(openAlertsQuery);
  return (open.data?.alerts ?? [])
    .filter((alert) => alert.asset_id === pen.asset_id && alert.tag_name === pen.tag_name && (isUrgent(alert) || alert.state === 'acknowledged'))
    .sort(byUrgency)[0];
}

/** The limits that rules set on a tag. */
export function useLimits(pen: Pen): number[] {
  const rules = useQuery(rulesQuery);
  return (rules.data ?? [])
    .filter((rule) => rule.enabled && (rule.asset_id === null || rule.asset_id === pen.asset_id))
    .flatMap((rule) => leaves(rule.condition))
    .filter((leaf) => leaf.tag_name === pen.tag_name && (leaf.asset_id === undefined || leaf.asset_id === pen.asset_id))
    .flatMap(limitsOf);
}
