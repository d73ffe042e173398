export const values = {
  none: 'no value yet',
  on: 'On',
  off: 'Off',
  quality: { good: 'Good', uncertain: 'Uncertain', bad: 'Bad', stale: 'Old' },
  ago: (text: string) => `${text} ago`,
  now: 'now',
  asTable: 'Show as table',
  asChart: 'Show as chart',
  time: 'Time',
  chartKeys: 'Arrow keys move the cursor, plus and minus zoom, Shift with arrows moves in time.',
  noData: 'No points in this period',
};
