export const sources = {
  title: 'Data sources', add: 'Add a data source', empty: 'No data source yet', emptyLead: 'A data source reads tags from a PLC, an OPC UA server or an MQTT broker.',
  name: 'Name', type: 'Protocol', endpoint: 'Address', state: 'State', rate: 'Points/s', tags: 'Tags', lastError: 'What is wrong',
  enabled: 'Enabled', reconnect: 'Connect again', remove: 'Delete', disable: 'Disable', enable: 'Enable',
  sure: (name: string) => `Delete "${name}"? Its ${'history'} stays, but nothing more is read.`,
  steps: ['Protocol', 'Connection', 'Test', 'Tags', 'Review'], next: 'Next', back: 'Back', save: 'Create', test: 'Test the connection',
  testOk: (ms: number) => `Works, ${Math.round(ms)} ms`, testFailed: 'Does not work yet', browse: 'What the device offers', open: 'Open', up: 'Up',
  search: 'Search', address: 'Address', addAddress: 'Add', selected: (n: number) => `${n} tag${n === 1 ? '' : 's'} selected`, asset: 'Asset', tag: 'Tag name',
  unit: 'Unit', scale: 'Scale', interval: 'Rate, ms', value: 'Value now', dropTag: 'Leave out', preview: 'Read values now', more: 'More settings',
  reviewLead: (n: number, name: string) => `${name} will read ${n} tag${n === 1 ? '' : 's'}.`, noChoice: 'Pick at least one tag, or go on without.', list: 'Items as text, separated by commas',
  topics: {
    title: 'Topics', hint: 'A topic may name its levels, such as plant/{asset_id}/{tag_name}, and use + and #. Without paths, every key of a JSON message becomes a tag.',
    topic: 'Topic', value_path: 'Path of the value', timestamp_path: 'Path of the time', asset_id: 'Asset', tag_name: 'Tag name', add: 'Add a topic', drop: 'Leave out topic',
  },
  states: { disabled: 'disabled', connecting: 'connecting', connected: 'connected', degraded: 'degraded', backoff: 'not reachable, trying again', config_error: 'settings are wrong' } as Record<string, string>,
};
