export const overview = {
  title: 'Overview',
  emptyTitle: 'Nothing is measured yet', emptyLead: 'Three ways to the first value:',
  addSource: 'Add a data source', addSourceLead: 'OPC UA, Modbus TCP or MQTT: the wizard tests the connection and finds the tags.',
  demoTitle: 'Look around with a simulated plant', demo: 'A waterworks with 150 tags behind real OPC UA, Modbus and MQTT servers, with rules, a dashboard, a model, and faults that come by themselves. It is made here and can be deleted like your own.',
  startDemo: 'Start the demo plant', demoByShell: 'With a server of its own:', demoIsOff: 'The demo plant of this server is not running; its values stand still.', demoFailed: (why: string) => `The demo plant does not run: ${why}`,
  push: 'Send values over HTTP', pushLead: 'POST /v1/telemetry; assets and tags come into being with their first value.', reference: 'API reference',
  points: 'Points a second', sources: 'Sources connected', assets: 'Assets', alarms: 'Active alarms', models: 'Models on watch',
  of: (part: number, all: number) => `${part} of ${all}`, tags: (count: number) => `${count} tags`, allWell: 'all connected', away: (names: string) => `away: ${names}`,
  none: 'none', search: 'Search assets', type: 'Type', everyType: 'Every type', abnormalOnly: 'Abnormal only', noneFound: 'No asset is like this.', more: (count: number) => `Show ${count} more`,
  newest: 'newest first', others: 'Other assets', modelsNote: 'deployed', normalNote: 'all normal',
};
