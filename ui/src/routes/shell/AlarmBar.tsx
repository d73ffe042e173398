/** What nobody has acknowledged yet: how many of each priority, and the most urgent one in words. */
import { Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { byUrgency, isUrgent, openAlertsQuery, SEVERITIES } from '../../api/alerts';
import { useNow } from '../../api/hooks';
import { formatAge } from '../../lib/format';
import { shell as texts } from '../../lib/texts/shell';

const SHAPES = { critical: '■', warning: '▲', info: '●' } as const;

export function AlarmBar() {
  const open = useQuery(openAlertsQuery);
  const now = useNow();
  const urgent = (open.data?.alerts ?? []).filter(isUrgent).sort(byUrgency);
  const top = urgent[0];
  return (
    <div className="te-alarmbar" role="region" aria-label={texts.alarmBar}>
      {top ? (
        <>
          <Link to="/alarms" className="te-counts">
            <VisuallyHidden>{texts.alarms(urgent.length)}</VisuallyHidden>
            {SEVERITIES.map((severity) => {
              const count = urgent.filter((alert) => alert.severity === severity).length;
              return (
                <span key={severity} aria-hidden="true" className="te-count" data-severity={severity} data-none={count === 0 || undefined} title={texts.counted(count, severity)}>
                  {SHAPES[severity]} <b>{count}</b>
                  <Text span inherit visibleFrom="xl">{severity}</Text>
                </span>
              );
            })}
          </Link>
          <Link to="/alarms" search={{ alert: top.id } as never} className="te-top" data-severity={top.severity}>
            <Text span size="sm" fw={600} truncate>{top.asset_id ? `${top.asset_id} · ` : ''}{top.rule_name}</Text>
            <Text span size="xs" className="te-value te-soft" visibleFrom="sm">{formatAge((now - Date.parse(top.triggered_at)) / 1000)}</Text>
          </Link>
        </>
      ) : (
        <Link to="/alarms" className="te-top te-calm"><Text span size="sm">{texts.noAlarms}</Text></Link>
      )}
    </div>
  );
}
