export const explorer = {
  title: 'Explorer', tags: 'Tags', search: 'Search tags', range: 'Period', compare: 'Compare with', nothing: 'nothing',
  dayEarlier: 'a day earlier', weekEarlier: 'a week earlier', periodEarlier: 'the period before',
  back: 'Back', zoomOut: 'Zoom out', zoomIn: 'Zoom in', earlier: 'Earlier', later: 'Later', follow: 'Follow live',
  exportCsv: 'Export CSV', copy: 'Copy as API call', copied: 'Copied', pick: 'Pick tags to draw them here',
  emptyHint: 'Drag over the chart to zoom. The address of this page keeps the view.', tooMany: 'At most 50 tags',
  limited: (shown: number, all: number) => `${shown} of ${all} tags shown; search to find more`,
  legend: 'Chart',
};
