/** Small drawings: of each kind of widget for the palette, and of a whole dashboard for its card. */
import type { Widget, WidgetType } from './grid';

const DRAWINGS: Record<WidgetType, string> = {
  trend: 'M4 26l8-10 7 5 9-13 8 8 8-4',
  value: 'M8 10v14M14 10h6v7h-6v7h6M26 10h6v14h-6M6 30h32',
  gauge: 'M4 18h40M4 12v12M44 12v12M14 18v-5M30 8v20',
  state_timeline: 'M4 10h14M22 10h20M4 18h26M34 18h8M4 26h8M16 26h26',
  table: 'M4 8h40v22H4zM4 15h40M4 22h40M20 8v22',
  alert_list: 'M6 10h4v4H6zM14 12h28M6 19h4v4H6zM14 21h24M6 28h4v3H6zM14 29h18',
  text: 'M6 10h36M6 17h30M6 24h34M6 30h18',
  model_score: 'M4 26c8 0 8-4 12-4s6 2 10-10c2-5 4-4 6 4s6 8 12 8M4 14h40',
  image: 'M4 8h40v22H4zM4 26l10-8 8 6 8-9 14 11M14 15h.01',
};

export function WidgetPicture({ type }: { type: WidgetType }) {
  return (
    <svg aria-hidden="true" width="72" height="56" viewBox="0 0 48 38" fill="none" stroke="var(--te-muted)" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round">
      <path d={DRAWINGS[type]} />
    </svg>
  );
}

const ROWS_SHOWN = 22;

export function BoardPicture({ widgets, columns }: { widgets: Pick<Widget, 'id' | 'type' | 'x' | 'y' | 'w' | 'h'>[]; columns: number }) {
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${columns} ${ROWS_SHOWN * 0.55}`} width="100%" height="110" preserveAspectRatio="none" className="te-board-picture">
      {widgets.map((one) => <rect key={one.id} x={one.x + 0.15} y={one.y * 0.55 + 0.12} width={one.w - 0.3} height={one.h * 0.55 - 0.24} rx="0.25" />)}
    </svg>
  );
}
