/** Rules in plain words, and a condition's form; pure. */
import type { Condition, RuleDraft } from '../../api/rules';
import { scheduleWords } from '../../components/ScheduleInput';
import { formatSpan } from '../../lib/format';
import { rules } from '../../lib/texts/rules';

const texts = rules.sentence;

export type Form = keyof typeof rules.forms;

export function formOf(condition: Condition): Form {
  if (condition.all) return 'all';
  if (condition.any) return 'any';
  if (condition.rate_of_change) return 'rate';
  if (condition.stale_seconds !== undefined) return 'stale';
  return condition.model_id === undefined ? 'threshold' : 'score';
}

/** An empty condition of a form; the tag is kept where it has one. */
export function blank(form: Form, tag = ''): Condition {
  const compare = { operator: 'gt', value: 0 } as const;
  switch (form) {
    case 'threshold': return { tag_name: tag, ...compare };
    case 'rate': return { tag_name: tag, rate_of_change: { per: 'minute', window_seconds: 60 }, ...compare };
    case 'stale': return { tag_name: tag, stale_seconds: 60 };
    case 'score': return { model_id: '', operator: 'gt', value: 0.5 };
    case 'all': return { all: [{ tag_name: tag, ...compare }] };
    case 'any': return { any: [{ tag_name: tag, ...compare }] };
  }
}

const limitWords = (condition: Condition): string =>
  `${condition.operator ? rules.operators[condition.operator] : ''} ${Array.isArray(condition.value) ? condition.value.join(texts.and) : String(condition.value ?? '')}`;

function words(condition: Condition, assetId: string | null, modelName: (id: string) => string): string {
  const parts = condition.all ?? condition.any;
  if (parts) {
    const joined = parts.map((part) => words(part, assetId, modelName)).join(condition.all ? texts.and : texts.or);
    return parts.length > 1 ? `(${joined})` : joined;
  }
  const owner = condition.asset_id ?? assetId;
  const tag = `${condition.tag_name || '…'}${owner ? texts.of(owner) : texts.ofAny}`;
  switch (formOf(condition)) {
    case 'rate': return `${tag} ${texts.changes(condition.rate_of_change?.per ?? '')} ${limitWords(condition)}`;
    case 'stale': return `${tag} ${texts.silent(formatSpan(condition.stale_seconds ?? 0))}`;
    case 'score': return `${texts.score(modelName(condition.model_id ?? '') || '…')} ${texts.is} ${limitWords(condition)}`;
    default: return `${tag} ${texts.is} ${limitWords(condition)}`;
  }
}

/** The whole rule as one or two sentences. */
export function sentence(rule: RuleDraft, modelName: (id: string) => string = (id) => id): string {
  const { condition } = rule;
  const held = words(condition, rule.asset_id, modelName).replace(/^\((.*)\)$/, '$1');
  return [
    `${texts.when} ${held}`,
    condition.duration_seconds ? texts.lasting(formatSpan(condition.duration_seconds)) : '',
    rule.schedule ? texts.only(scheduleWords(rule.schedule)) : '',
    texts.raise(rule.severity),
    condition.clear_value !== undefined ? texts.ends(String(condition.clear_value)) : '',
    condition.deadband !== undefined ? texts.band(String(condition.deadband)) : '',
    rule.latching ? texts.latched : '',
    rule.notifications.length > 0 ? texts.tell(rule.notifications.join(texts.and)) : texts.nobody,
    texts.stop,
  ].join('');
}
