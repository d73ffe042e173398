export const schedule = {
  days: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  everyDay: 'every day',
  weekdays: 'Days of the week',
  from: 'From',
  to: 'Until',
  until: 'until',
  zone: 'By the clock of',
  add: 'Another time',
  drop: 'Leave this time out',
};
