export const overview = {
  title: 'Overview',
  emptyTitle: 'Nothing is measured yet',
  emptyLead: 'Add a data source; its tags appear here with their assets.',
  addSource: 'Add a data source',
  demo: 'Or look around with a simulated plant: stop the server and run',
};
