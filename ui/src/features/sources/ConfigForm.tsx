/** The settings of a connection, drawn from its protocol's schema; MQTT's topics have a form of their own. */
import type { Fault } from '../../api/client';
import type { SourceType } from '../../api/sources';
import { SchemaForm } from '../../components/SchemaForm';
import { TopicsInput } from './TopicsInput';

interface ConfigFormProps {
  type: SourceType;
  config: Record<string, unknown>;
  faults: Fault[];
  onChange: (config: Record<string, unknown>) => void;
}

const LEADING = new Set(['endpoint', 'host', 'port', 'unit_id', 'broker_url', 'topics', 'username', 'password', 'security_mode', 'security_policy']);

export function ConfigForm({ type, config, faults, onChange }: ConfigFormProps) {
  return (
    <SchemaForm schema={type.schema} secrets={type.secrets} values={config} faults={faults} path="config" leading={LEADING} onChange={onChange}
      custom={{ topics: ({ value, error, onChange: set }) => <TopicsInput value={value} error={error} onChange={set} /> }} />
  );
}
